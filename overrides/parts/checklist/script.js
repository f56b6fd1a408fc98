// The answer below the checklist: which signs were ticked, in words, and what to do next.
// Never a score or a verdict; nothing is stored, and nothing is put into the address.
(() => {
  const form = document.querySelector("form.checklist");
  const boxes = [...form.querySelectorAll("input")];
  form.after(document.getElementById("answer").content);
  const answer = form.nextElementSibling;
  const list = answer.querySelector("[data-ticked]");
  const status = answer.querySelector("[role=status]");
  const text = answer.querySelector("pre");

  // The sign in the page's language, and in the second one if it stands beside it.
  const told = (box) => {
    const line = document.createElement("li");
    line.dataset.for = box.id;
    box.labels[0].querySelectorAll(".sign-text, .second").forEach((words, index) => {
      line.append(index ? " – " : "", words.cloneNode(true));
    });
    return line;
  };

  const show = () => {
    const ticked = boxes.filter((box) => box.checked);
    const when = ["none", "one", "several"][Math.min(ticked.length, 2)];
    let at = list.firstElementChild;
    boxes.forEach((box) => {
      const old = at && at.dataset.for === box.id && at;
      const line = box.checked && told(box);
      if (old) at = old.nextElementSibling;
      box.parentNode.classList.toggle("ticked", box.checked);
      // What stays as it is is not read aloud again.
      if (old && line && old.textContent === line.textContent) return;
      if (old) old.remove();
      if (line) list.insertBefore(line, at);
    });
    answer.querySelectorAll("[data-when]").forEach((part) => {
      part.hidden = part.dataset.when !== when && !(part.dataset.when === "any" && ticked.length);
    });
    list.hidden = !ticked.length;
    status.textContent = "";
    text.hidden = true;
  };

  const summary = () => [...answer.querySelectorAll("h2, p:not([role]):not(.actions), li")]
    .filter((part) => !part.closest("[hidden]"))
    .map((part) => (part.localName === "li" ? "- " : "") + part.textContent.replace(/\s+/g, " ").trim())
    .join("\n");

  const select = () => {
    text.textContent = summary();
    text.hidden = false;
    text.focus();
    getSelection().selectAllChildren(text);
    status.textContent = status.dataset.select;
  };

  const copy = () => {
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(summary()).then(() => {
      status.textContent = status.dataset.copied;
    }, select);
  };

  const clear = () => {
    form.reset();
    show();
  };

  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  answer.querySelector("[data-do=copy]").addEventListener("click", copy);
  addEventListener("pageshow", clear);
  clear();
})();
