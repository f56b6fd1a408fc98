// The same list in a second language beside the first, taken from that language's own page when the
// reader asks for it. The ticks stay; nothing is stored.
(function () {
  var kinds = ".signs, .phrases";
  var lists = document.querySelectorAll(kinds);
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

    // The item of a list, never a heading that has the same name.
    function item(page, id) {
      var found = page.getElementById(id);
      return found && found.closest(kinds) && found;
    }

    // Its words, or that there are none yet.
    function second(twin) {
      var words = document.createElement("span");
      words.textContent = status.dataset.missing;
      if (twin) {
        var old = twin.querySelector(".hint .outdated-label");
        words.textContent = (old ? old.textContent + " " : "") + twin.querySelector(".sign-text, .phrase").textContent;
        words.lang = twin.lang || option.lang;
        words.dir = twin.dir || option.dir;
      }
      return words;
    }

    lists.forEach(function (list) {
      list.classList.add("paired");
      list.querySelectorAll("li").forEach(function (own) {
        var words = second(item(other, own.id));
        words.className = "second";
        own.querySelector(".sign-text, .phrase").after(words);
      });
    });
    // What only the other language has stands after what it follows there.
    other.querySelectorAll(kinds).forEach(function (list, index) {
      var last;
      list.querySelectorAll("li").forEach(function (twin) {
        var own = item(document, twin.id);
        if (!own) {
          own = document.createElement("li");
          own.className = "second";
          own.append(second(), " ", second(twin));
          if (last) last.after(own);
          else (lists[index] || lists[0]).prepend(own);
        }
        last = own;
      });
    });
  }

  function fail() {
    clear();
    status.textContent = status.dataset.failed;
  }

  // Firefox writes what was chosen into a file, but for what is chosen by default.
  function byDefault(chosen) {
    [].forEach.call(select.options, function (option) { option.defaultSelected = option === chosen; });
  }

  select.addEventListener("change", function () {
    var option = select.selectedOptions[0];
    byDefault(option);
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
    byDefault();
    form.reset();
    clear();
  });
})();
