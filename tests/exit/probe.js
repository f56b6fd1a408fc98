// In the test copy only, before the guard: tells the reports' server of every frame in which the page can be seen,
// and now and then of the tab's title.
(() => {
  const REPORTS = "__REPORTS__";
  const tell = (kind) => navigator.sendBeacon(REPORTS, JSON.stringify({
    kind, at: Date.now(), url: location.href, title: document.title,
  }));
  const find = document.querySelector.bind(document); // before a name in the page can take it
  const seen = (element) => element && element.getClientRects().length > 0 &&
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });

  let armed = false; // an exit has begun in this document: each frame counts
  let before = false;
  let round = 0;
  const look = (mine) => requestAnimationFrame(() => {
    if (mine !== round) return;
    const exit = seen(find("#quick-exit"));
    const text = seen(find(".emergency")) || seen(find("h1"));
    const now = text || exit;
    if (text && !exit) tell("bare");
    if (now && (armed || !before)) tell("frame");
    before = now;
    look(mine);
  });
  look(round);
  addEventListener("pageshow", (event) => {
    if (event.persisted) tell("restored");
    before = false;
    look(++round);
    setTimeout(() => tell("title"), 300);
  }, true);

  // When the reader acts: seen before any script of the page can react.
  const arm = () => {
    if (armed) return;
    armed = true;
    tell("exit");
    [0, 300, 1000, 3000].forEach((after) => setTimeout(() => tell("title"), after));
  };
  addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && link.id === "quick-exit") arm();
  }, true);
  let shifts = 0;
  addEventListener("keydown", (event) => {
    shifts = event.key === "Shift" ? shifts + 1 : 0;
    if (shifts === 3) arm();
  }, true);
})();
