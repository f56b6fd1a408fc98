// A host that knows one page for all unknown addresses: the language in which the address begins comes first, in any
// letters (/pt-br/), and where the address in other letters is a page's, a link leads there. Nothing is asked for.
(() => {
  const article = document.querySelector(".not-found");
  const title = article.querySelector("h1");
  const parts = [...article.querySelectorAll("[data-home]")];
  const path = location.pathname.toLowerCase().replace(/(\/|\/index\.html)?$/, "/");
  const home = (part) => part.dataset.home;

  const part = parts.filter((other) => path.indexOf(home(other).toLowerCase()) === 0)
    .sort((one, other) => home(other).length - home(one).length)[0];
  if (!part) return;

  const first = parts[0];
  if (part !== first) {
    const heading = part.firstElementChild;
    const old = heading.cloneNode();
    old.textContent = title.textContent;
    first.prepend(old);
    title.lang = part.lang;
    title.dir = part.dir;
    document.title = title.textContent = heading.textContent;
    heading.remove();
    title.after(part);
  }

  const rest = path.slice(home(part).length);
  const page = article.dataset.pages.split(" ").find((known) => known.toLowerCase() === rest);
  if (page === undefined || home(part) + page === location.pathname) return;
  const line = document.createElement("p");
  const link = document.createElement("a");
  link.href = link.textContent = home(part) + page;
  link.dir = "ltr";
  line.append(link);
  part.prepend(line);
})();
