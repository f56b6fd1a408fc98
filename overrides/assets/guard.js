// The guard of the quick exit: the first script of every page, run before anything is drawn.
// A page that was left is never drawn again. Numbers in brackets are the promises of tests/exit/README.md.
(() => {
  const way = window.navigation;
  const firefox = "onmozfullscreenchange" in document;

  // The exit's link, once this page has been left; the timer that leaves in any case.
  let gone, late;

  // (9) The mark: how many exits this tab has seen. It goes with the tab.
  // Where storage is blocked, the stamps have to do.
  const read = () => {
    try { return sessionStorage.exit | 0; } catch { return 0; }
  };
  // Each entry of the tab's history bears the mark as it was when the entry was made; left ones bear -1.
  const stamp = (mark, address) => {
    try {
      history.replaceState(mark, "", address);
      way.updateCurrentEntry({ state: mark });
    } catch { /* no Navigation API, or too often */ }
  };
  // Whether an exit came after this page: as the mark says, or the stamps of later entries, where they can be seen.
  const left = (mark) => read() > mark ||
    way && way.entries().slice(way.currentEntry.index).some((entry) => entry.getState() < 0);
  // Opacity hides what visibility can't; both keep the place to which the reader had scrolled.
  const veil = (style) => {
    document.documentElement.style.cssText = style;
  };

  // Leaves this page. Every page of the tab that is met again does the same, so nothing waits for an answer.
  const leave = (link) => {
    clearTimeout(late);
    gone = link;
    document.title = ""; // (2) Twice, so that another entry of the same page takes it too.
    document.title = link.dataset.title;
    stamp(-1, history.state < 0 ? null : link.dataset.home);

    // (4) Going on from the tab's first guarded page drops all later ones from its history.
    const entries = way && navigator.onLine ? way.entries() : [];
    if (entries.length < 2) return location.replace(link.href);
    const first = entries.find((entry) => entry.getState() > -2);
    const here = !first || first === way.currentEntry;
    const go = () => {
      clearTimeout(late);
      location[here ? "assign" : "replace"](link.href);
    };
    late = setTimeout(go, 1500);
    // Asks whether the site still answers: else the browser would show an error there, with our address.
    if (!here) fetch("").then(() => way.traverseTo(first.key).finished).then(() => leave(link), go);
    // A page that has not loaded yet would be replaced instead, and the later ones would stay.
    else if (document.readyState === "complete") setTimeout(go);
    else addEventListener("load", () => setTimeout(go));
  };

  // (8) A page opened on purpose is shown. (3) One met again by Back, Forward or reload stays dark
  // if an exit came after it.
  const exits = read();
  let type;
  try { type = performance.getEntriesByType("navigation")[0].type; } catch { /* the stamp is enough */ }
  if ((history.state !== null || /load|back/.test(type)) && left(history.state)) {
    // The rest of the page becomes inert: not drawn, no title, no script of it runs.
    document.write("<link rel=icon href=data:,><template>");
    addEventListener("DOMContentLoaded", () => {
      leave(document.querySelector("template").content.getElementById("quick-exit"));
    });
  } else {
    const note = () => {
      if (history.state === null) stamp(exits);
    };
    note();
    addEventListener("popstate", note);
    if (way) way.oncurrententrychange = note;
  }

  // (3) The back/forward cache keeps pages as they were, so they are put away dark.
  addEventListener("pagehide", () => veil("visibility:hidden;opacity:0"));
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (gone || left(exits)) leave(gone || document.getElementById("quick-exit"));
    else if (firefox) location.reload();
    else veil("");
  });
  // A page out of Firefox's cache reads an old mark and has to reload. Firefox keeps none that holds a lock.
  if (firefox && navigator.locks) {
    navigator.locks.request("exit", { mode: "shared" }, () => new Promise(() => {}));
  }

  window.quickExit = (link) => {
    try { sessionStorage.exit = read() + 1; } catch { /* blocked */ }
    leave(link);
  };
})();
