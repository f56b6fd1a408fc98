// Shows what an exit looks like, then brings the page back, and says so. It leaves no mark.
(() => {
  const note = document.createElement("output");
  const link = document.getElementById("quick-exit");
  const status = link.previousElementSibling;

  const practise = (from) => {
    const title = document.title;
    const page = quickExit();
    const empty = document.body;
    setTimeout(() => {
      if (empty !== document.body) return; // left for real meanwhile
      document.title = title;
      status.textContent = "";
      link.before(status);
      empty.replaceWith(page);
      from.after(note);
      note.textContent = " " + link.dataset.practice;
      from.focus();
    }, 2500);
  };

  document.addEventListener("click", (event) => {
    const to = event.target.closest("a");
    if (!to || to.hash !== "#practice" || to.pathname !== location.pathname) return;
    event.preventDefault();
    practise(to);
  });
})();
