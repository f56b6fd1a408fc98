// The reader's own languages come first. If the browser prefers another that the site has, one quiet line offers
// it by its own name.
(() => {
  const menu = document.querySelector(".languages");
  const offer = document.querySelector(".offer");
  // Each is for its own tag, for those in data-for (the list: for nobody), and for longer ones that begin so.
  const speaks = (tag) => tag && (menu.querySelector(`[lang="${tag}"i],[data-for~="${tag}"i]`) ||
    speaks(tag.replace(/-?\w*$/, "")));

  const own = navigator.languages.map(speaks).filter((link) => link && link.href);
  const wanted = own[0];
  menu.lastElementChild.prepend(...own.map((link) => link.parentNode));
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
