// The same list in a second language beside the first, taken from that language's own page when the
// reader asks for it. The ticks stay; nothing is stored.
(function () {
  var lists = [].slice.call(document.querySelectorAll(".signs, .phrases"));
  var before = document.querySelector("form.checklist") || lists[0];
  before.parentNode.insertBefore(document.getElementById("pair").content, before);
  var form = before.previousElementSibling;
  var select = form.querySelector("select");
  var status = form.querySelector("[role=status]");

  document.querySelectorAll(".languages a").forEach(function (link) {
    if (link.lang !== link.hreflang || link.lang === (before.closest("[lang]").lang)) return;
    var option = new Option(link.textContent.trim(), link.href);
    option.lang = link.lang;
    option.dir = link.dir;
    select.append(option);
  });

  function clear() {
    document.querySelectorAll(".second").forEach(function (old) { old.remove(); });
    lists.forEach(function (list) { list.classList.remove("paired"); });
    status.textContent = "";
  }

  function show(text, option) {
    // Without its style and scripts: the policy of this page forbids them, and the browser would complain.
    var bare = text.replace(/<(style|script)[^]*?<\/\1>/g, "");
    var other = new DOMParser().parseFromString(bare, "text/html");
    clear();
    lists.forEach(function (list) {
      list.classList.add("paired");
      list.querySelectorAll("li[id]").forEach(function (item) {
        var own = item.querySelector(".sign-text, .phrase");
        var twin = other.getElementById(item.id);
        var second = document.createElement("span");
        second.className = "second";
        second.lang = option.lang;
        second.dir = option.dir;
        second.textContent = twin.querySelector(".sign-text, .phrase").textContent;
        own.after(second);
      });
    });
  }

  function fail() {
    clear();
    status.textContent = status.dataset.failed;
  }

  select.addEventListener("change", function () {
    var option = select.selectedOptions[0];
    if (!option.value) return clear();
    fetch(option.value).then(function (answer) {
      if (!answer.ok) throw answer;
      return answer.text();
    }).then(function (text) {
      if (option.selected) show(text, option);
    }).catch(fail);
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  addEventListener("pageshow", function () {
    form.reset();
    clear();
  });

  // A sentence that is tapped grows, and shrinks again.
  document.querySelectorAll(".phrases li").forEach(function (item) {
    var button = document.createElement("button");
    button.type = "button";
    button.append.apply(button, [].slice.call(item.childNodes));
    button.setAttribute("aria-pressed", "false");
    item.append(button);
    button.addEventListener("click", function () {
      var large = item.classList.toggle("large");
      button.setAttribute("aria-pressed", large);
      document.querySelectorAll(".phrases .large").forEach(function (other) {
        if (other === item) return;
        other.classList.remove("large");
        other.firstElementChild.setAttribute("aria-pressed", "false");
      });
      if (large) item.scrollIntoView({ block: "center" });
    });
  });
})();
