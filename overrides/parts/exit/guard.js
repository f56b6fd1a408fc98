// The quick exit, whole: the first script of every page, run before anything is drawn, so that it works as soon as
// its link can be seen. A page that was left is never drawn again.
// Numbers in brackets are the promises of tests/exit/README.md.
(() => {
  const way = window.navigation && navigation.currentEntry && navigation;
  const file = location.protocol === "file:";
  const firefox = "onmozfullscreenchange" in document;
  const began = Date.now() - performance.now();
  // Taken before the page is parsed: a name or an id in it can hide whatever `document` is asked for later.
  const root = document.documentElement;
  let find = document.querySelector.bind(document);

  // The exit's link and the words for screen readers, once they have arrived; when this page was left; the timer
  // that tries again; the other tabs.
  let link, status, left, late, others;
  let tries = 0;

  // (9) The mark: how many exits this tab has seen. It goes with the tab.
  // Where storage is blocked, the stamps have to do.
  const read = () => {
    try { return sessionStorage.exit | 0; } catch { return 0; }
  };
  // Each entry of the tab's history bears the mark as it was when the entry was made, and in thousandths how many
  // of ours stand before it; left ones bear minus the time.
  const stamp = (mark, address) => {
    try {
      history.replaceState(mark, "", address);
      way.updateCurrentEntry({ state: mark });
    } catch { /* no Navigation API, or too often */ }
  };
  const before = (state) => state > 0 ? Math.round(state % 1 * 1000) : 0;
  // Whether an exit came after this page: as the mark says, or the stamps of later entries, where they can be seen.
  const wasLeft = (mark) => read() > mark ||
    way && way.entries().slice(way.currentEntry.index).some((entry) => entry.getState() < 0);
  // When the tab was left last; 1 where nothing tells.
  const since = () => Math.max(1, ...(way ? way.entries().map((entry) => -entry.getState() || 1) : []));
  // Opacity hides what visibility can't; both keep the place to which the reader had scrolled.
  const veil = (dark) => {
    root.style.cssText = dark ? "visibility:hidden;opacity:0" : "";
  };

  // The link stands before all that an editor writes, so it is the first of its name.
  const known = () => {
    link = link || find("#quick-exit");
    status = status || link && link.previousElementSibling;
    return link;
  };
  // Goes on as soon as the link is there.
  const linked = (then) => {
    if (known()) then();
    else setTimeout(linked, 9, then);
  };

  // Takes everything off the page but the words for screen readers (12), also what has yet to arrive, and
  // returns it.
  const clear = () => {
    const page = find("body");
    const empty = page.cloneNode();
    known();
    empty.append(status);
    page.replaceWith(empty);
    status.textContent = link.dataset.leaving;
    document.title = link.dataset.title;
    return page;
  };

  // Leaves this page. Every page of the tab that is met again does the same, so nothing waits for an answer.
  const leave = () => {
    clearTimeout(late);
    document.title = ""; // (2) Twice, so that another entry of the same page takes it too.
    document.title = link.dataset.title;
    let steps = before(history.state);
    stamp(-left, history.state < 0 || file ? null : link.dataset.home);

    let gone;
    const go = () => {
      if (gone) return;
      gone = true;
      clearTimeout(late);
      late = setTimeout(leave, 3000 << tries++); // (2) Someone may have pressed Stop.
      location[way && way.canGoForward ? "assign" : "replace"](link.href);
    };
    // (4) Going on from the tab's first guarded page drops all later ones from its history.
    // In tabs that were restored or doubled, browsers have lost the stamps or the keys: there it goes by steps.
    const ours = (way && navigator.onLine ? way.entries().slice(0, way.currentEntry.index) : [])
      .filter((entry) => entry.getState() < Infinity);
    const back = () => {
      if (ours.length) way.traverseTo(ours.shift().key).finished.then(leave, back);
      else if (steps) steps = history.go(-steps);
      else go();
    };
    late = setTimeout(go, 1500);
    // Asks whether the site still answers: else the browser would show an error there, with our address. Twice,
    // since Stop, Reload and Back end the question, too.
    const ask = (no) => fetch("").then(back, () => setTimeout(no, 200, go));
    if (ours.length || steps) file ? back() : ask(ask);
    // A page that has not loaded yet would be replaced instead, and the later ones would stay.
    else if (!way || !way.canGoForward || document.readyState === "complete") setTimeout(go);
    else addEventListener("load", () => setTimeout(go));
  };

  const exit = (told) => {
    if (left) return;
    left = told ? 1 : Date.now();
    veil(true); // nothing can have been drawn yet where the link has to be waited for
    try { sessionStorage.exit = read() + 1; } catch { /* blocked */ }
    if (others && !told) others.postMessage(0); // (5)
    linked(() => {
      try {
        clear(); // (2) in this task, before any navigation
        veil();
        leave();
      } catch {
        location.replace(link.href); // (1)
      }
    });
  };

  // Every button: the middle one would open the destination in a new tab and leave the page as it is.
  const press = (event) => {
    if (!event.composedPath().includes(known())) return;
    event.preventDefault();
    exit();
  };
  addEventListener("click", press, true);
  addEventListener("auxclick", press, true);

  // (6) Three presses of Shift within five seconds; not while writing, where phones press it too.
  let presses = [];
  for (const type of ["keydown", "pointerdown", "touchstart", "wheel"]) {
    addEventListener(type, (event) => {
      if (event.repeat) return;
      const other = event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey ||
        find("textarea:focus,select:focus,input:not([type=checkbox]):focus,[contenteditable]:focus");
      presses = other ? [] : [...presses.slice(-2), Date.now()];
      if (presses[2] - presses[0] < 5000) exit();
    }, { capture: true, passive: true });
  }

  // (8) A page opened on purpose is shown. (3) One met again by Back, Forward or reload stays dark
  // if an exit came after it.
  const exits = read();
  let type;
  try { type = performance.getEntriesByType("navigation")[0].type; } catch { /* the stamp is enough */ }
  if ((history.state !== null || /load|back/.test(type)) && wasLeft(history.state)) {
    left = since();
    // The rest of the page becomes inert: not drawn, no title, no script of it runs.
    document.write("<link rel=icon href=data:,><template>");
    const inert = find("template").content;
    find = inert.querySelector.bind(inert);
    linked(leave);
  } else {
    const note = () => {
      const last = way && way.entries()[way.currentEntry.index - 1];
      const guarded = last && last.getState() < Infinity;
      if (history.state === null) stamp(exits + (guarded ? (before(last.getState()) + 1) / 1000 : 0));
      else if (way && way.currentEntry.getState() === undefined) way.updateCurrentEntry({ state: history.state });
    };
    note();
    addEventListener("popstate", note);
    if (way) way.oncurrententrychange = note;
  }

  addEventListener("pagehide", () => {
    veil(true); // (3) The back/forward cache keeps pages as they were, so they are put away dark.
    if (others) others.close(); // There, a page must not hear of an exit: it is met in the middle of it.
  });
  addEventListener("pageshow", (event) => {
    // (10) Nothing ticked or typed comes back by Back, reload or a restored tab.
    for (const form of root.querySelectorAll("form")) HTMLFormElement.prototype.reset.call(form);
    if (!event.persisted) return;
    if (left || wasLeft(exits)) {
      left = left || since();
      linked(leave);
    } else if (firefox) location.reload();
    else veil();
    listen();
  });
  // A page out of Firefox's cache reads an old mark and has to reload. Firefox keeps none that holds a lock.
  if (firefox && navigator.locks) {
    navigator.locks.request("exit", { mode: "shared" }, () => new Promise(() => {}));
  }

  // For the practice.
  window.quickExit = clear;

  // (5) Hears of an exit in another tab. A page that begins tells when it did: one that was left since then,
  // and is still there, answers it alone. Last, since this throws in old browsers, whose other tabs stay.
  const listen = () => {
    others = new BroadcastChannel("exit");
    others.onmessage = ({ data }) => {
      if (data > 0 && left > data) others.postMessage(-data);
      else if (!data || data === -began) exit(true);
    };
    others.postMessage(began);
  };
  listen();
})();
