// Searches the pages of this language, in the browser. The index is the site's own and is loaded only
// when something is looked for; what is typed is neither sent nor kept.
(function () {
  var form = document.querySelector("form.search");
  var input = form.querySelector("input");
  var status = form.querySelector("[role=status]");
  var list = document.querySelector("ol.results");
  var engine;
  var last = 0;

  function say(key, count) {
    status.textContent = key ? status.dataset[key].replace("{count}", count) : "";
  }

  function line(page) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var text = document.createElement("p");
    link.href = page.url;
    link.textContent = page.meta.title;
    // The excerpt is escaped by the index; its marks are the only markup in it.
    text.append(new DOMParser().parseFromString(page.excerpt, "text/html").body.textContent);
    item.append(link, text);
    return item;
  }

  function find(event) {
    event.preventDefault();
    var words = input.value.trim();
    var turn = ++last;
    list.textContent = "";
    if (!words) return say();
    say("loading");
    engine = engine || import(new URL(form.dataset.bundle, location.href));
    engine.then(function (pagefind) {
      return pagefind.search(words);
    }).then(function (found) {
      return Promise.all(found.results.map(function (result) { return result.data(); }));
    }).then(function (pages) {
      if (turn !== last) return;
      list.append.apply(list, pages.map(line));
      say(pages.length > 1 ? "results" : pages.length ? "one" : "none", pages.length);
    }).catch(function () {
      engine = null;
      say("failed");
    });
  }

  // Browsers load no index from a folder, such as a copy on a stick: there the list of all pages is enough.
  form.hidden = location.protocol === "file:";
  form.addEventListener("submit", find);
  addEventListener("pageshow", function () {
    form.reset();
    list.textContent = "";
    say();
  });
})();
