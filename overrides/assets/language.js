// If the browser prefers another language that the site has, one quiet line in that language offers it.
(function () {
  var links = [].slice.call(document.querySelectorAll(".languages a"));
  var offer = document.querySelector(".offer");
  var menu = document.querySelector(".languages");

  function speaks(tag) {
    return links.find(function (link) { return link.lang.toLowerCase() === tag; }) ||
      links.find(function (link) { return link.lang.toLowerCase().split("-")[0] === tag.split("-")[0]; });
  }

  var wanted = (navigator.languages || [navigator.language]).map(function (tag) {
    return speaks(tag.toLowerCase());
  }).find(Boolean);
  if (wanted && wanted.dataset.offer) {
    var link = offer.firstElementChild;
    link.href = wanted.href;
    link.hreflang = wanted.hreflang;
    offer.lang = wanted.lang;
    offer.dir = wanted.dir;
    link.textContent = wanted.dataset.offer;
    offer.hidden = false;
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.firstElementChild.focus();
    }
  });
  document.addEventListener("click", function (event) {
    if (!menu.contains(event.target)) menu.open = false;
  });
})();
