// A host that knows one page for all unknown addresses: the language in which the address begins comes first, in any
// letters (/pt-br/), and where the address in other letters is a page's, a link leads there. Nothing is asked for.
(function () {
  var article = document.querySelector(".not-found");
  var title = article.querySelector("h1");
  var parts = [].slice.call(article.querySelectorAll("[data-home]"));
  var path = location.pathname.toLowerCase().replace(/(\/|\/index\.html)?$/, "/");

  function home(part) {
    return part.dataset.home;
  }

  var part = parts.filter(function (other) {
    return path.indexOf(home(other).toLowerCase()) === 0;
  }).sort(function (one, other) {
    return home(other).length - home(one).length;
  })[0];
  if (!part) return;

  var first = parts[0];
  if (part !== first) {
    var heading = part.firstElementChild;
    var old = heading.cloneNode();
    old.textContent = title.textContent;
    first.prepend(old);
    title.lang = part.lang;
    title.dir = part.dir;
    document.title = title.textContent = heading.textContent;
    heading.remove();
    title.after(part);
  }

  var rest = path.slice(home(part).length);
  var page = article.dataset.pages.split(" ").find(function (known) {
    return known.toLowerCase() === rest;
  });
  if (page === undefined || home(part) + page === location.pathname) return;
  var line = document.createElement("p");
  var link = document.createElement("a");
  link.href = link.textContent = home(part) + page;
  link.dir = "ltr";
  line.append(link);
  part.prepend(line);
})();
