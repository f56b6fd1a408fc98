// The same list in a second language beside the first, taken from that language's own page when the
// reader asks for it. The ticks stay; nothing is stored.
(() => {
  const kinds = ".signs, .phrases";
  const lists = document.querySelectorAll(kinds);
  const before = document.querySelector("form.checklist") || lists[0];
  before.parentNode.insertBefore(document.getElementById("pair").content, before);
  const form = before.previousElementSibling;
  const select = form.querySelector("select");
  const status = form.querySelector("[role=status]");

  document.querySelectorAll(".languages a").forEach((link) => {
    if (link.hreflang || link.lang === (before.closest("[lang]").lang)) return;
    const option = new Option(link.textContent.trim(), link.href);
    option.lang = link.lang;
    option.dir = link.dir;
    select.append(option);
  });

  const clear = () => {
    document.querySelectorAll(".second").forEach((old) => old.remove());
    lists.forEach((list) => list.classList.remove("paired"));
    status.textContent = "";
    before.dispatchEvent(new Event("change"));
  };

  const show = (text, option) => {
    // Without its style and scripts: the policy of this page forbids them, and the browser would complain.
    const bare = text.replace(/<(style|script)[^]*?<\/\1>/g, "");
    const other = new DOMParser().parseFromString(bare, "text/html");
    clear();

    // The item of a list, never a heading that has the same name.
    const item = (page, id) => {
      const found = page.getElementById(id);
      return found && found.closest(kinds) && found;
    };

    // Its words, or that there are none yet.
    const second = (twin) => {
      const words = document.createElement("span");
      words.textContent = status.dataset.missing;
      if (twin) {
        const old = twin.querySelector(".hint .outdated-label");
        words.textContent = (old ? old.textContent + " " : "") + twin.querySelector(".sign-text, .phrase").textContent;
        words.lang = twin.lang || option.lang;
        words.dir = twin.dir || option.dir;
      }
      return words;
    };

    lists.forEach((list) => {
      list.classList.add("paired");
      list.querySelectorAll("li").forEach((own) => {
        const words = second(item(other, own.id));
        words.className = "second";
        own.querySelector(".sign-text, .phrase").after(words);
      });
    });
    // What only the other language has stands after what it follows there.
    other.querySelectorAll(kinds).forEach((list, index) => {
      let last;
      list.querySelectorAll("li").forEach((twin) => {
        let own = item(document, twin.id);
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
    before.dispatchEvent(new Event("change"));
  };

  const fail = () => {
    clear();
    status.textContent = status.dataset.failed;
  };

  // Firefox writes what was chosen into a file, but for what is chosen by default.
  const byDefault = (chosen) => {
    for (const option of select.options) option.defaultSelected = option === chosen;
  };

  select.addEventListener("change", () => {
    const option = select.selectedOptions[0];
    byDefault(option);
    if (!option.value) return clear();
    fetch(option.value).then((answer) => {
      if (!answer.ok) throw answer;
      return answer.text();
    }).then((text) => {
      if (option.selected) show(text, option);
    }).catch(fail);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("pageshow", () => {
    byDefault();
    form.reset();
    clear();
  });
})();
