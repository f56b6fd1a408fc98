// On paper all is open, also in browsers that can't be told so by style; afterwards all is as it was.
(() => {
  const closed = document.querySelectorAll(".details:not([open])");
  const opened = [];
  addEventListener("beforeprint", () => {
    closed.forEach((part) => {
      if (!part.open) {
        part.open = true;
        opened.push(part);
      }
    });
  });
  addEventListener("afterprint", () => {
    opened.splice(0).forEach((part) => {
      part.open = false;
    });
  });
})();
