// One file: its text beside the source's, what may be wrong with it, and the proposal.
import project from "./project.js";
import { hints, joined, rows, shown, written } from "./text.js";
import { el, link, say, show, tell } from "./view.js";

const drafts = new Map(); // what was typed and not sent, with the file as it was then, by the file and the proposal
addEventListener("beforeunload", event => {
  if (drafts.size) event.preventDefault();
});

// The branches that the editor begins for a file. No other one is written to, whatever an address (#…) says.
const prefix = path => `edit/${path.replace(/^docs\//, "").replace(/\.\w+$/, "").replaceAll("/", "-")}-`;
const isOf = (branch, path) =>
  branch.startsWith(prefix(path)) && /^[0-9a-f]{8}$/.test(branch.slice(prefix(path).length));
const unique = () => Array.from(crypto.getRandomValues(new Uint8Array(4)), byte => byte.toString(16).padStart(2, "0")).join("");

// In: the code host; the file; the branch of a proposal that is gone on with, or ""; what to do with a refusal first.
export async function fileView(host, file, branch, asked) {
  const on = isOf(branch, file.path) ? branch : "";
  const main = el("div", {});
  const outcome = el("div", { class: "outcome", role: "alert", tabindex: "-1", hidden: "" });
  const back = file.language ? `#/${file.language.tag}` : "#/";
  const source = file.language && file.language.tag !== project.source ? file.source : undefined;
  show(file.name, el("p", { class: "path" }, link(back, say("back"))),
    el("p", { class: "of-file", dir: "ltr" }, file.path), outcome, main);
  try {
    const [waiting, opened, theirs] = await Promise.all([
      host.waiting(),
      drafts.get(`${file.path}@${on}`)?.opened ?? host.read(file.path, on || undefined),
      source ? host.read(source) : { text: "" },
    ]);
    const mine = waiting.filter(one => isOf(one.branch, file.path));
    new Form(host, file, on, opened, shown(theirs.text), outcome, main, mine, asked).show();
  } catch (refused) {
    if (!asked(refused)) tell(outcome, refused);
  }
}

class Form {
  constructor(host, file, on, opened, source, outcome, main, waiting, asked) {
    Object.assign(this, { host, file, on, opened, source, outcome, main, waiting, asked });
    this.key = `${file.path}@${on}`;
    this.fields = [];
  }

  get typed() {
    return joined(this.parts, this.fields.map(field => field.value));
  }

  show(text = drafts.get(this.key)?.typed ?? shown(this.opened.text)) {
    this.parts = this.source ? rows(text, this.source) : [{ text, source: "", between: "" }];
    this.fields = this.parts.map((part, at) => this.field(part, at));
    this.told = [];
    this.asks = el("p", { role: "status" });
    this.title = el("input", { id: "title", class: "field", maxlength: "100", "aria-describedby": "title-hint" });
    const undo = el("button", { class: "button undo", type: "button" }, say("undo"));
    undo.addEventListener("click", () => {
      drafts.delete(this.key);
      this.show();
    });
    const form = el("form", { class: "fields" },
      el("p", { class: "edit-hint" }, say(this.file.path.endsWith(".md") ? "hint_page" : "hint_file")),
      ...this.parts.map((part, at) => this.row(part, at)),
      this.asks,
      el("div", { class: "one" },
        el("p", { class: "label" }, el("label", { for: "title" }, say("title"))),
        el("p", { class: "edit-hint", id: "title-hint" }, say("title_hint")), this.title),
      el("p", { class: "save" }, el("button", { class: "button" }, say("send")), undo));
    form.addEventListener("submit", event => {
      event.preventDefault();
      this.send();
    });
    form.addEventListener("input", () => this.check());
    this.main.replaceChildren(...this.before(), form);
    this.check();
  }

  before() {
    if (this.on) return [el("p", { class: "outcome" }, say("on_proposal"))];
    return this.waiting.map(one => el("p", { class: "outcome" }, say("waiting"), " ", link(one.address, say("see")), " · ",
      link(`#/file/${this.file.path}@${one.branch}`, say("go_on"))));
  }

  field(part, at) {
    const language = this.file.language;
    const field = el("textarea", {
      id: `text-${at}`, class: "field", rows: String(Math.min(40, 1 + part.text.split("\n").length)), "aria-describedby": `told-${at}`,
      spellcheck: "false", autocomplete: "off", lang: language?.tag, dir: language?.direction ?? "ltr",
    });
    field.value = part.text;
    return field;
  }

  row(part, at) {
    const name = this.parts.length > 1 ? say("paragraph", { number: String(at + 1) }) : say("text");
    const told = el("ul", { class: "told", id: `told-${at}` });
    const label = el("p", { class: "label" }, el("label", { for: `text-${at}` }, name));
    const one = el("div", { class: "one" }, label, this.fields[at], told);
    this.told.push(told);
    if (!part.source) return one;
    const source = el("div", { class: "edit-source", lang: project.source, dir: project.direction }, part.source);
    return el("div", { class: "edit-row" }, source, one);
  }

  check() {
    const typed = this.typed;
    if (typed === shown(this.opened.text)) drafts.delete(this.key);
    else drafts.set(this.key, { typed, opened: this.opened });
    const known = `${this.opened.text}\n${this.source}`;
    const page = this.file.path.endsWith(".md");
    const asks = this.parts.map((part, at) => {
      const now = this.fields[at].value;
      return hints({ page, known, before: part.text, now, whole: typed, most: project.most });
    });
    asks.forEach((found, at) => this.ask(this.told[at], found));
    this.asks.textContent = asks.some(found => found.length) ? say("asks") : "";
  }

  ask(told, found) {
    const lines = found.map(([key, what]) => say(key, { what }));
    if ([...told.children].map(line => line.textContent).join() === lines.join()) return;
    told.replaceChildren(...lines.map(line => el("li", {}, line)));
  }

  async send() {
    const typed = this.typed;
    if (this.sending) return;
    if (typed === shown(this.opened.text)) return this.say("same");
    this.sending = true;
    this.say("sending");
    try {
      await this.sent(written(this.opened.text, typed));
    } catch (refused) {
      if (this.asked(refused)) return;
      tell(this.outcome, refused);
      if (refused.why === "changed") await this.now(typed);
      this.outcome.focus();
    } finally {
      this.sending = false;
    }
  }

  async sent(text) {
    const title = this.title.value.trim() || say("title_default", { path: this.file.path });
    const change = { path: this.file.path, text, mark: this.opened.mark, title, note: say("proposed_with") };
    let address = "";
    if (this.on) await this.host.amend({ ...change, branch: this.on });
    else address = await this.host.propose({ ...change, branch: prefix(this.file.path) + unique() });
    drafts.delete(this.key);
    this.main.replaceChildren(address ? el("p", {}, link(address, say("see"))) : "");
    this.say("sent", "saved");
  }

  // Somebody was faster: what they wrote is shown, and a second time what was typed here replaces it.
  async now(typed) {
    this.opened = await this.host.read(this.file.path, this.on || undefined);
    this.show(typed);
    this.outcome.append(el("div", { class: "now" }, el("p", {}, say("now")),
      el("pre", { lang: this.file.language?.tag, dir: this.file.language?.direction ?? "ltr" }, shown(this.opened.text))));
  }

  say(key, kind = "") {
    this.outcome.className = `outcome ${kind}`;
    this.outcome.replaceChildren(el("p", {}, say(key)));
    this.outcome.hidden = false;
    this.outcome.focus();
  }
}
