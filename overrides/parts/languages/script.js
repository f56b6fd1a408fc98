// If the browser prefers another language that the site has, one quiet line offers it by its own name.
(() => {
  const menu = document.querySelector(".languages");
  const offer = document.querySelector(".offer");
  const links = [...menu.querySelectorAll("a")];
  const speaks = (tag) => links.find((link) => link.lang.toLowerCase() === tag) ||
    links.find((link) => link.lang.split("-")[0] === tag.split("-")[0]);

  const wanted = navigator.languages.map((tag) => speaks(tag.toLowerCase())).find(Boolean);
  if (wanted && !wanted.hasAttribute("aria-current")) {
    offer.dir = wanted.dir;
    offer.append(menu.querySelector("svg").cloneNode(true), " ", wanted.cloneNode(true));
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
