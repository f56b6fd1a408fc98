// What the tests measure inside a page. Sizes are CSS pixels; what is wrong is told in words, with a selector.

// A short way to name an element in a message.
const nameOf = (element) => {
  if (element.id) return `#${element.id}`;
  const classes = [...element.classList].map((c) => `.${c}`).join("");
  const parent = element.parentElement && element.parentElement !== document.body
    ? `${element.parentElement.id ? `#${element.parentElement.id}` : element.parentElement.localName} > ` : "";
  return `${parent}${element.localName}${classes} “${element.textContent.trim().slice(0, 30)}”`;
};

// A question about an element that is asked but once: what holds for one piece of text holds for all around it.
const once = (ask) => {
  const known = new Map();
  return (element) => {
    if (!known.has(element)) known.set(element, ask(element));
    return known.get(element);
  };
};

// The pieces of text that can be seen: [text node, its element, its rectangles].
const texts = () => {
  const found = [];
  // Words that are there to be read aloud alone: what hides them clips all of them away.
  const clipped = once((element) => element !== null &&
    (getComputedStyle(element).clipPath !== "none" || clipped(element.parentElement)));
  const seen = once((element) => !element.closest("script, style, template, textarea, .visually-hidden, .skip") &&
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !clipped(element));
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !seen(element)) continue;
    range.selectNodeContents(node);
    const rectangles = [...range.getClientRects()].filter((r) => r.width > 1 && r.height > 1);
    if (rectangles.length) found.push([node, element, rectangles]);
  }
  return found;
};

// The relative luminance of a colour, and the ratio of two (WCAG 2.2, "contrast ratio").
const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
const luminance = (rgb) => rgb.slice(0, 3)
  .map((c) => c / 255)
  .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const ratio = (a, b) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};
// A function that tells the colour behind an element, while nothing changes.
const grounds = () => {
  const ground = once((element) => {
    if (element === null) return [255, 255, 255];
    const colour = channels(getComputedStyle(element).backgroundColor);
    return colour[3] === 0 ? ground(element.parentElement) : colour;
  });
  return ground;
};

// Text whose contrast with what lies behind it is below `least`.
const faintText = (least) => {
  const ground = grounds();
  return [...new Set(texts().map(([, element]) => element))]
    .map((element) => [element, ratio(channels(getComputedStyle(element).color), ground(element))])
    .filter(([, found]) => found < least)
    .map(([element, found]) => `${nameOf(element)} has ${found.toFixed(2)}:1`);
};

// What makes the page wider than the window, and what of its text sticks out at either side.
const sticksOut = (all) => {
  const width = document.documentElement.clientWidth;
  const wide = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
  const out = all.filter(([, , rectangles]) => rectangles.some((r) => r.left < -1 || r.right > width + 1));
  return [...(wide > width ? [`the page is ${wide} wide in a window of ${width}`] : []),
    ...out.map(([, element]) => `${nameOf(element)} sticks out`)];
};

// Text that is cut off by a box around it, or lies on other text. What floats above the page on purpose is left out.
const lostText = (seen) => {
  const all = seen.filter(([, element]) => !element.closest("#quick-exit"));
  const lost = [];
  const edges = once((box) => {
    if (!box || box === document.body) return [];
    const { overflow, textOverflow } = getComputedStyle(box);
    const cuts = overflow !== "visible" || textOverflow === "ellipsis";
    return [...(cuts ? [box.getBoundingClientRect()] : []), ...edges(box.parentElement)];
  });
  for (const [, element, rectangles] of all) {
    if (edges(element).some((edge) => rectangles.some((r) => r.left < edge.left - 1 || r.right > edge.right + 1 ||
      r.top < edge.top - 1 || r.bottom > edge.bottom + 1))) lost.push(`${nameOf(element)} is cut off`);
  }
  // Lines may touch: letters fill about two thirds of a line's height. From the top down, so that a line
  // meets those alone that begin before it ends.
  const lines = all.flatMap(([, element, rectangles]) => rectangles.map((r) => [element, r]))
    .sort(([, r], [, s]) => r.top - s.top);
  lines.forEach(([element, r], i) => {
    for (let n = i + 1; n < lines.length && lines[n][1].top < r.bottom; n++) {
      const [other, s] = lines[n];
      const across = Math.min(r.right, s.right) - Math.max(r.left, s.left);
      const down = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
      if (across > 2 && down > 0.45 * Math.min(r.height, s.height)) {
        lost.push(`${nameOf(element)} lies on ${nameOf(other)}`);
      }
    }
  });
  return [...new Set(lost)];
};

// What is lost in the window as it is.
const lost = () => {
  const all = texts();
  return [...sticksOut(all), ...lostText(all)];
};

// What the exit takes away: more than a third of a low window, or the last lines of the page.
const inTheWay = () => {
  const exit = document.getElementById("quick-exit");
  const wrong = [];
  const high = exit.getBoundingClientRect().height;
  if (innerHeight <= 256 && high > innerHeight / 3) {
    wrong.push(`the exit takes ${Math.round(high)} of ${innerHeight}`);
  }
  scrollTo(0, document.documentElement.scrollHeight);
  const cover = exit.getBoundingClientRect();
  for (const [, element, rectangles] of texts()) {
    if (!exit.contains(element) && rectangles.some((r) => r.right > cover.left && r.left < cover.right &&
      r.bottom > cover.top + 1 && r.top < cover.bottom)) {
      wrong.push(`${nameOf(element)} is under the exit at the end of the page`);
    }
  }
  scrollTo(0, 0);
  return wrong;
};

// The spacing that a reader may set, and nothing may be lost by (WCAG 2.2, 1.4.12).
const spaceOut = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
};
const spaceAsBefore = () => { document.adoptedStyleSheets = []; };

// What is lost where letters are twice as large.
const lostInLargeLetters = () => {
  document.documentElement.style.fontSize = "200%";
  const found = lost();
  document.documentElement.style.fontSize = "";
  return found;
};

// Of all looks what can differ with the words alone: in a wide window, and in a narrow one.
const shortInWide = () => [...faintText(7).map((what) => `contrast, light: ${what}`),
  ...lostInLargeLetters().map((what) => `large letters: ${what}`)];
const shortInNarrow = () => {
  const found = [...lost(), ...inTheWay()];
  spaceOut();
  found.push(...lost().map((what) => `wide lines: ${what}`));
  spaceAsBefore();
  return found.map((what) => `reflow, 320 px: ${what}`);
};

// Everything that the Tab key should reach, in order.
const reachable = () => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .map(nameOf);

// Where the focus is, and what is wrong with how it shows.
const focus = () => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const wrong = [];
  const style = getComputedStyle(element);
  const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const behind = grounds()(parseFloat(style.outlineOffset) < 0 ? element : element.parentElement);
  if (!outline) wrong.push("no outline");
  else if (ratio(channels(style.outlineColor), behind) < 3) wrong.push("an outline too faint to see");
  const box = element.getBoundingClientRect();
  const grown = outline ? Math.max(0, parseFloat(style.outlineOffset)) + parseFloat(style.outlineWidth) : 0;
  if (box.width < 2 || box.height < 2) wrong.push("no size");
  if (box.top < -1 || box.bottom > innerHeight + 1 || box.left < -1 || box.right > innerWidth + 1) {
    wrong.push(`outside the window (${[box.left, box.top, box.right, box.bottom].map(Math.round)})`);
  }
  const exit = document.getElementById("quick-exit");
  const cover = exit.getBoundingClientRect();
  if (element !== exit && box.bottom + grown > cover.top && box.top - grown < cover.bottom &&
    box.right + grown > cover.left && box.left - grown < cover.right) wrong.push("under the exit");
  const top = document.elementFromPoint((Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2,
    (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
  const label = element.labels && element.labels[0];
  if (top && !element.contains(top) && !top.contains(element) && !(label && label.contains(top))) {
    const inline = [...element.getClientRects()].length > 1;
    if (!inline) wrong.push(`behind ${nameOf(top)}`);
  }
  return { name: nameOf(element), wrong };
};

// Notes what each key that is pressed from here on leads to: at the top of the page, or where the focus is.
const goOn = () => {
  window.walked = [];
  window.noteWalk = ({ key }) => { if (key !== "Shift") window.walked.push(focus()); };
  addEventListener("keyup", window.noteWalk);
};
const beginWalk = () => {
  scrollTo(0, 0);
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  goOn();
};
const endWalk = () => {
  removeEventListener("keyup", window.noteWalk);
  return window.walked;
};
