// The answer below the checklist: which signs were ticked, in words, and what to do next.
// Never a score or a verdict; nothing is stored, and nothing is put into the address.
(function () {
  var form = document.querySelector("form.checklist");
  var boxes = [].slice.call(form.querySelectorAll("input"));
  form.after(document.getElementById("answer").content);
  var answer = form.nextElementSibling;
  var list = answer.querySelector("[data-ticked]");
  var status = answer.querySelector("[role=status]");
  var text = answer.querySelector("pre");

  function label(box) {
    return box.labels[0].textContent.trim();
  }

  function show() {
    var ticked = boxes.filter(function (box) { return box.checked; });
    var when = ["none", "one", "several"][Math.min(ticked.length, 2)];
    boxes.forEach(function (box) {
      box.parentNode.classList.toggle("ticked", box.checked);
      var line = list.querySelector("[data-for=" + box.id + "]");
      if (box.checked && !line) {
        line = document.createElement("li");
        line.dataset.for = box.id;
        line.textContent = label(box);
        var next = [].find.call(list.children, function (other) {
          return boxes.indexOf(document.getElementById(other.dataset.for)) > boxes.indexOf(box);
        });
        list.insertBefore(line, next || null);
      } else if (!box.checked && line) {
        line.remove();
      }
    });
    answer.querySelectorAll("[data-when]").forEach(function (part) {
      part.hidden = part.dataset.when !== when && !(part.dataset.when === "any" && ticked.length);
    });
    list.hidden = !ticked.length;
    status.textContent = "";
    text.hidden = true;
  }

  function summary() {
    return [].filter.call(answer.querySelectorAll("h2, p:not([role]):not(.actions), li"), function (part) {
      return !part.closest("[hidden]");
    }).map(function (part) {
      return (part.localName === "li" ? "- " : "") + part.textContent.replace(/\s+/g, " ").trim();
    }).join("\n");
  }

  function select() {
    text.textContent = summary();
    text.hidden = false;
    text.focus();
    getSelection().selectAllChildren(text);
    status.textContent = status.dataset.select;
  }

  function copy() {
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(summary()).then(function () {
      status.textContent = status.dataset.copied;
    }, select);
  }

  function clear() {
    form.reset();
    show();
  }

  form.addEventListener("change", show);
  form.addEventListener("reset", function () { setTimeout(show); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  answer.querySelector("[data-do=copy]").addEventListener("click", copy);
  addEventListener("pageshow", clear);
  clear();
})();
