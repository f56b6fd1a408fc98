// The quick exit itself, at the end of every page. Without it, or if it fails, its link still leads away. (1)
(() => {
  const link = document.getElementById("quick-exit");
  const status = document.getElementById("exit-status");
  let left, others;

  // Takes everything off the page but the words for screen readers (12), and returns it.
  const clear = () => {
    const page = document.createDocumentFragment();
    page.append(...[...document.body.childNodes].filter((node) => node !== status));
    status.textContent = link.dataset.leaving;
    document.title = link.dataset.title;
    return page;
  };

  const exit = (told) => {
    if (left) return;
    left = true;
    try {
      clear(); // (2) in this task, before any navigation
      if (others && !told) others.postMessage(""); // (5)
      quickExit(link);
    } catch {
      location.replace(link.href); // (1)
    }
  };
  const listen = () => {
    others = new BroadcastChannel("exit");
    others.onmessage = () => exit(1);
  };

  // Shows what an exit looks like, then brings the page back, and says so. It leaves no mark.
  const note = document.createElement("output");
  const practise = (from) => {
    const title = document.title;
    const page = clear();
    setTimeout(() => {
      if (left) return;
      document.title = title;
      status.textContent = "";
      document.body.append(page);
      from.after(note);
      note.textContent = " " + link.dataset.practice;
      from.focus();
    }, 2500);
  };

  const press = (event) => {
    const to = event.target.closest("a");
    if (to === link) exit();
    else if (to && to.hash === "#practice" && to.pathname === location.pathname) practise(to);
    else return;
    event.preventDefault();
  };
  document.addEventListener("click", press);
  // The other buttons: the middle one would open the destination in a new tab and leave the page as it is.
  document.addEventListener("auxclick", press);

  // (6) Three presses of Shift within five seconds; not while writing, where phones press it too.
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const other = event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey ||
      event.target.closest("textarea,select,input:not([type=checkbox]),[contenteditable]");
    presses = other ? [] : [...presses.slice(-2), Date.now()];
    if (presses[2] - presses[0] < 5000) exit();
  });

  // (10) Nothing ticked or typed comes back by Back, reload or a restored tab.
  addEventListener("pageshow", (event) => {
    for (const form of document.forms) form.reset();
    if (event.persisted) listen();
  });

  // Last, since this throws in old browsers, whose other tabs stay. A page in the back/forward cache must not
  // hear of an exit: it is met in the middle of it.
  listen();
  addEventListener("pagehide", () => others.close());
})();
