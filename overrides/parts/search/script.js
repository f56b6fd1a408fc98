// Searches the pages of this language, in the browser. The index is the site's own and is loaded only
// when something is looked for; what is typed is neither sent nor kept.
(() => {
  const form = document.querySelector("form.search");
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");
  const list = document.querySelector("ol.results");
  let engine;
  let last = 0;

  const say = (key, count) => {
    status.textContent = key ? status.dataset[key].replace("{count}", count) : "";
  };

  const line = (page) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const text = document.createElement("p");
    link.href = page.url;
    link.textContent = page.meta.title;
    // The excerpt is escaped by the index; its marks are the only markup in it.
    text.append(new DOMParser().parseFromString(page.excerpt, "text/html").body.textContent);
    item.append(link, text);
    return item;
  };

  const find = (event) => {
    event.preventDefault();
    const words = input.value.trim();
    const turn = ++last;
    list.textContent = "";
    if (!words) return say();
    say("loading");
    engine = engine || import(new URL(form.dataset.bundle, location.href));
    engine.then((pagefind) => pagefind.search(words))
      .then((found) => Promise.all(found.results.map((result) => result.data())))
      .then((pages) => {
        if (turn !== last) return;
        list.append(...pages.map(line));
        say(pages.length > 1 ? "results" : pages.length ? "one" : "none", pages.length);
      }).catch(() => {
        engine = null;
        say("failed");
      });
  };

  // Browsers load no index from a folder, such as a copy on a stick: there the list of all pages is enough.
  form.hidden = location.protocol === "file:";
  form.addEventListener("submit", find);
  addEventListener("pageshow", () => {
    form.reset();
    list.textContent = "";
    say();
  });
})();
