// If the browser prefers another language that the site has, one quiet line in that language offers it.
(() => {
  const menu = document.querySelector(".languages");
  const offer = document.querySelector(".offer");
  const links = [...menu.querySelectorAll("a")];
  const speaks = (tag) => links.find((link) => link.lang.toLowerCase() === tag) ||
    links.find((link) => link.lang.split("-")[0] === tag.split("-")[0]);

  const wanted = navigator.languages.map((tag) => speaks(tag.toLowerCase())).find(Boolean);
  if (wanted && wanted.dataset.offer) {
    const link = offer.firstElementChild;
    link.href = wanted.href;
    link.hreflang = wanted.hreflang;
    offer.lang = wanted.lang;
    offer.dir = wanted.dir;
    link.textContent = wanted.dataset.offer;
    offer.hidden = false;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.firstElementChild.focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
})();
