// The editor: which view an address (#…) shows. The token lives in this module and nowhere else.
import project from "./project.js";
import { Refused, connect } from "./hosts.js";
import { el, link, say, shell, show, tell } from "./view.js";
import { fileView } from "./file.js";

const files = new Map();
for (const language of project.languages)
  for (const group of language.groups) for (const one of group.files) files.set(one.path, { ...one, language });
for (const one of project.shared) files.set(one.path, { ...one, name: say(one.word) });

let host;
let me = "";

function signIn(told) {
  const token = el("input", { id: "token", class: "field", type: "password", autocomplete: "off", required: "" });
  const form = el("form", { class: "fields" },
    el("div", { class: "one" },
      el("p", { class: "label" }, el("label", { for: "token" }, say("token"))),
      el("p", { class: "edit-hint", id: "token-hint" }, say("token_hint")), token),
    el("p", {}, el("button", { class: "button" }, say("begin"))));
  token.setAttribute("aria-describedby", "token-hint");
  const outcome = el("div", { class: "outcome refused", role: "alert", hidden: "" });
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const trying = connect(project.host, token.value.trim());
    try {
      me = await trying.me();
    } catch (refused) {
      return tell(outcome, refused);
    }
    host = trying;
    shell(me);
    route();
  });
  show(say("sign_in"), el("p", {}, say("intro")), outcome, form);
  if (told) tell(outcome, told);
}

const list = groups => groups.map(([title, items]) =>
  el("section", { class: "group" }, el("h2", {}, title), el("ul", { class: "things" }, ...items)));

const row = (one, more) =>
  el("li", {}, link(`#/file/${one.path}`, one.name, one.in), el("span", { class: "about", dir: "ltr" }, more ?? one.path));

function home() {
  const tiles = project.languages.map(one => el("li", {}, link(`#/${one.tag}`, one.name, one.tag)));
  show(say("home"), el("h2", {}, say("pages")), el("ul", { class: "tiles" }, ...tiles),
    ...list([[say("shared"), project.shared.map(one => row(files.get(one.path)))]]));
}

function language(one) {
  const groups = one.groups.map(group => [group.title, group.files.map(file => row(file))]);
  const missing = one.missing.map(page => el("li", {},
    el("bdi", { lang: project.source }, page.name),
    el("span", { class: "about" }, page.href ? link(page.href, say("begin_page")) : page.path)));
  if (missing.length) groups.push([say("missing"), missing]);
  show(one.name, el("p", { class: "path" }, link("#/", say("back"))), ...list(groups));
}

// One view for each address; an address that leads to nothing of the project shows the first one.
function route() {
  const [, first = "", rest = ""] = decodeURIComponent(location.hash).match(/^#\/([^/]*)\/?(.*)$/) ?? [];
  const [path, on = ""] = rest.split("@");
  if (!host) return signIn();
  if (first === "file" && files.has(path)) return fileView(host, files.get(path), on, refused => {
    if (!(refused instanceof Refused) || refused.why !== "wrong_token") return false;
    host = undefined;
    shell();
    signIn(refused);
    return true;
  });
  const chosen = project.languages.find(one => one.tag === first);
  return chosen ? language(chosen) : home();
}

addEventListener("hashchange", route);
shell();
route();
