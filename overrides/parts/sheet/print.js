// The print buttons, of the checklist, the sentences, the poster and the card.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-do=print]")) window.print();
});
