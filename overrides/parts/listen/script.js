// Reads a section, or a sentence to point at, aloud: with a voice of the device, since one elsewhere would be sent
// the text. Where there is none for the language of a text, there is no button. What the browser says of its voices is
// all that can be known: Chrome on Android calls all of them the device's own, Firefox on Linux none.
(() => {
  const speech = window.speechSynthesis;
  if (!speech || !window.Intl || !Intl.Segmenter) return;
  const template = document.querySelector("[data-near]");
  const near = document.createElement("p");
  near.className = "near";
  near.setAttribute("role", "alert");
  near.textContent = template.dataset.near;
  ({ lang: near.lang, dir: near.dir } = document.documentElement); // the text may be in another

  // A language with its script, which tells Mandarin from Cantonese, and its country. Android writes en_US.
  const known = {};
  const kind = (tag) => {
    if (!known[tag]) {
      known[tag] = [tag];
      try {
        const { language, script, region } = new Intl.Locale(tag.replace(/_/g, "-")).maximize();
        known[tag] = [language + script, region];
      } catch { /* no tag */ }
    }
    return known[tag];
  };
  // The best voice for a language. Apple's lists begin with joke voices, which have none of these names.
  let voices;
  const voice = (tag) => {
    const [language, region] = kind(tag);
    const worth = (one) => /compact|enhanced|premium/.test(one.voiceURI) * 4 +
      (kind(one.lang)[1] === region) * 2 + one.default;
    if (!(tag in voices)) {
      voices[tag] = speech.getVoices().filter((one) => one.localService && kind(one.lang)[0] === language)
        .reduce((best, one) => best && worth(best) >= worth(one) ? best : one, null);
    }
    return voices[tag];
  };

  // The sentences of an element, each with its voice and the paragraph that it is in. What has no voice is left out.
  const apart = ".listen,.details,form,[hidden],[aria-hidden=true]";
  const sentences = (element) => {
    const runs = [];
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      const out = parentElement.closest(apart);
      if (out && out !== element && element.contains(out)) continue;
      const place = parentElement.closest("p,li,h1,h2,h3,h4,td,th,dt,dd,summary,div");
      const tag = parentElement.closest("[lang]").lang;
      if (!runs[0] || runs[0].place !== place || runs[0].tag !== tag) runs.unshift({ place, tag, text: "" });
      // A number digit by digit, in its groups.
      runs[0].text += parentElement.closest(".phone") ? data.replace(/\s/g, ", ").replace(/\d(?=\d)/g, "$& ") : data;
    }
    return runs.reverse().flatMap(({ place, tag, text }) => {
      const cut = new Intl.Segmenter(tag, { granularity: "sentence" }).segment(text.replace(/\s+/g, " "));
      return Array.from(cut, ({ segment }) => ({ place, voice: voice(tag), text: segment.trim() }));
    }).filter((sentence) => sentence.voice && /[\p{L}\p{N}]/u.test(sentence.text));
  };
  // A section goes on to the next one; a part that opens is one of its own.
  const section = (head) => {
    if (head.localName === "summary") return sentences(head.parentNode);
    const found = sentences(head);
    for (let at = head; (at = at.nextElementSibling) && !at.matches("h1,h2");) {
      if (!at.matches(apart)) found.push(...sentences(at));
    }
    return found;
  };

  // The button whose text is being read, that text's paragraph, and how often reading began or ended.
  let pressed, marked, saying, warned;
  let turn = 0;
  const mark = (place) => {
    if (marked) marked.classList.remove("heard");
    marked = place;
    if (marked) marked.classList.add("heard");
  };
  const turned = (button) => {
    const words = button.querySelector("span");
    [words.textContent, button.dataset.other] = [button.dataset.other, words.textContent];
    button.classList.toggle("reading");
  };
  const stop = () => {
    if (!pressed) return;
    turn++;
    speech.cancel();
    mark();
    turned(pressed);
    pressed = null;
  };
  // Sentence by sentence, since Chrome falls silent in the midst of a long text.
  const read = (list, mine) => {
    if (mine !== turn) return;
    if (!list.length) return stop();
    const sentence = list.shift();
    saying = new SpeechSynthesisUtterance(sentence.text); // kept, or Chrome may forget to say that it has ended
    saying.voice = sentence.voice;
    saying.lang = sentence.voice.lang;
    saying.onend = () => read(list, mine);
    saying.onerror = () => read([], mine);
    mark(sentence.place);
    speech.speak(saying);
  };
  const press = (button, text) => {
    const before = pressed;
    stop();
    if (before === button) return;
    if (!warned) {
      warned = true;
      button.parentNode.append(near);
      return;
    }
    near.remove();
    pressed = button;
    turned(button);
    // Some browsers lose what is said right after an end; others let only the press itself begin.
    if (before) setTimeout(read, 99, text(), ++turn);
    else read(text(), ++turn);
  };

  const bar = () => template.content.firstElementChild.cloneNode(true);
  const offer = () => {
    voices = {};
    document.querySelectorAll("[data-listen] h1,[data-listen] h2,[data-listen] summary").forEach((head) => {
      if (head.classList.contains("spoken") || !voice(head.closest("[lang]").lang)) return;
      if (section(head).every(({ place }) => place === head)) return;
      const own = bar();
      const button = own.firstElementChild;
      if (head.id) button.setAttribute("aria-describedby", head.id);
      button.lastElementChild.className = "visually-hidden";
      button.addEventListener("click", () => press(button, () => section(head)));
      head.classList.add("spoken");
      head.after(own);
    });
  };
  offer();
  speech.onvoiceschanged = offer;
  addEventListener("pageshow", offer); // Safari tells nothing

  // Below a sentence to point at, while it is large: in each language that it is shown in.
  const close = () => {
    stop();
    document.querySelectorAll(".phrases .listen").forEach((old) => old.remove());
  };
  const open = (item) => {
    const own = bar();
    own.classList.add("below");
    const blank = own.firstElementChild;
    item.querySelectorAll(".phrase,.second[lang]").forEach((words) => {
      if (!voice(words.closest("[lang]").lang)) return;
      const button = blank.cloneNode(true);
      const option = document.querySelector(`option[lang="${words.lang}"]`);
      if (option) button.querySelector("span").textContent += ` (${option.text})`;
      button.addEventListener("click", () => press(button, () => sentences(words)));
      own.append(button);
    });
    blank.remove();
    if (own.firstElementChild) item.append(own);
  };
  document.addEventListener("click", ({ target }) => {
    const item = target.closest(".phrases li");
    if (!item || target.closest(".listen")) return;
    const shown = item.querySelector(".listen");
    close();
    if (!shown) open(item);
  });
  document.addEventListener("change", close);

  // The exit takes the text away: this follows in the same task.
  new MutationObserver(stop).observe(document.documentElement, { childList: true });
  document.addEventListener("visibilitychange", stop);
  addEventListener("pagehide", stop);
  addEventListener("keydown", ({ key }) => key === "Escape" && stop());
})();
