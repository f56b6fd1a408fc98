// What the views are made of. Texts are put in as texts, never as HTML.
import project from "./project.js";

const known = Object.keys(project.words);
const asked = navigator.languages.map(tag => tag.toLowerCase());
export const ours = asked.map(tag => known.find(one => tag === one || tag.startsWith(`${one}-`))).find(Boolean) ?? "en";
const words = project.words[ours];
const names = { host: project.host.name, repository: project.host.repository, site: project.site };

// The words of the editor, with what stands in {braces} filled in.
export const say = (key, values = {}) => {
  const given = { ...names, ...values };
  return words[key].replace(/(?<!\{)\{(\w+)\}(?!\})/g, (whole, name) => given[name] ?? whole);
};

export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter(child => child !== undefined));
  return made;
}

// A link; one that leads to the code host opens a tab of its own. What is no address of the web is none here.
export function link(href, text, lang) {
  const away = /^https?:\/\//.test(href);
  if (!away && !href.startsWith("#")) return el("span", {}, text);
  return el("a", { href, ...(away && { target: "_blank", rel: "noopener noreferrer" }) }, el("bdi", { lang }, text));
}

export function shell(user) {
  document.documentElement.lang = ours;
  const who = user ? el("span", {}, say("noted", { user })) : undefined;
  document.querySelector("header").replaceChildren(
    el("nav", { class: "editor-top", "aria-label": say("editor") }, el("a", { href: "#/" }, el("b", {}, say("editor"))), who));
}

export function show(title, ...parts) {
  const heading = el("h1", { tabindex: "-1" }, el("bdi", {}, title));
  document.title = `${title} – ${say("editor")}`;
  document.querySelector("main").replaceChildren(el("p", { class: "of-site" }, project.site), heading, ...parts);
  heading.focus();
  scrollTo(0, 0);
}

// Say what went wrong in a place for it. Raises what is no refusal of the host: a mistake of ours.
export function tell(outcome, refused) {
  if (refused instanceof TypeError) refused = { why: "unreadable" };
  if (!refused.why) throw refused;
  const more = refused.detail ? [el("p", { class: "edit-hint" }, say("said", { detail: refused.detail }))] : [];
  outcome.replaceChildren(el("p", {}, say(refused.why)), ...more);
  outcome.className = "outcome refused";
  outcome.hidden = false;
}
