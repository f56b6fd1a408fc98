// A form that is left half filled in is asked about; letters are counted; the gate is asked about one field at once;
// the page beside the form, which runs no script itself, is loaded again when it has been built.
(() => {
  const form = document.querySelector("form[data-checking]");
  const outcome = document.querySelector(".outcome[role]");
  if (outcome) outcome.focus();
  if (!form) return;
  const preview = document.querySelector(".preview");
  const follow = async () => {
    for (let shown = 0; ; ) {
      const answer = await fetch(`/livereload/${shown}/0`);
      const built = Number(await answer.text());
      if (shown && built > shown) preview.contentWindow.location.reload();
      shown = built;
    }
  };
  if (preview && preview.offsetWidth) follow().catch(() => {});
  const text = () => [...new FormData(form)].filter(([name]) => name !== "token").join("\n");
  const before = document.querySelector(".outcome:not(.saved)[role]") ? "" : text();
  let sent = false;
  addEventListener("beforeunload", event => {
    if (!sent && text() !== before) event.preventDefault();
  });
  form.addEventListener("submit", event => {
    if (sent) return event.preventDefault();
    sent = true;
    form.querySelector(".busy").textContent = form.dataset.checking;
  });
  addEventListener("pageshow", event => {
    if (event.persisted) sent = false;
  });
  for (const field of form.querySelectorAll("[data-most]")) {
    const count = field.parentElement.querySelector(".count");
    const say = () => {
      count.textContent = count.dataset.says.replace("{count}", [...field.value].length);
    };
    field.addEventListener("input", say);
    count.hidden = false;
    say();
  }
  const named = end => [...form.elements].find(field => field.name && field.name.split("/").pop() === end);
  for (const field of form.querySelectorAll("[data-check]")) {
    field.addEventListener("change", async () => {
      const phone = named("phone");
      const byHand = named("by_hand");
      const body = new URLSearchParams({
        token: form.elements.token.value,
        name: field.dataset.check,
        value: field.value,
        phone: phone ? phone.value : "",
        by_hand: String(Boolean(byHand && byHand.checked)),
      });
      const answer = await fetch("/edit/check", { method: "POST", body });
      if (!answer.ok) return;
      const { lead, told } = await answer.json();
      field.parentElement.classList.toggle("wrong", told !== "");
      field.setAttribute("aria-invalid", String(told !== ""));
      const place = document.getElementById(`${field.id}-told`);
      place.replaceChildren();
      if (!told) return;
      const list = document.createElement("ul");
      const line = document.createElement("li");
      list.className = "told";
      line.className = "error";
      const words = document.createElement("span");
      words.lang = "en";
      words.dir = "ltr";
      words.textContent = told;
      line.append(`${lead} `, words);
      list.append(line);
      place.append(list);
    });
  }
})();
