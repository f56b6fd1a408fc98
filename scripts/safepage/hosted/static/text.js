// A file's text as a field shows it, and back: what nobody touched stays as it was, byte for byte.

const LINE = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+/g;
const BETWEEN = /(\n(?:[ \t]*\n)+)/; // lines without a word between two paragraphs

// A file in base64. Raises TypeError for what is no text in UTF-8.
export const decode = base64 => {
  const bytes = Uint8Array.from(atob(base64.replace(/\s/g, "")), letter => letter.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
};

export const encode = text => btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(""));

const BOM = "\ufeff";

function lines(raw) {
  const whole = raw.replace(BOM, "").match(LINE) ?? [];
  const bare = whole.map(line => line.replace(/[\r\n]+$/, ""));
  const ends = whole.map((line, at) => line.slice(bare[at].length));
  return { bare, ends, last: bare.findLastIndex(line => line !== "") + 1 };
}

// What a field shows of a file: its lines, without a mark of their order at the start and empty ones at the end.
export const shown = raw => {
  const { bare, last } = lines(raw);
  return bare.slice(0, last).join("\n");
};

// The file with what was typed: lines that stay keep what ends them, and so does the file.
export function written(raw, typed) {
  const { bare, ends, last } = lines(raw);
  const old = bare.slice(0, last);
  const now = typed.replace(/\n+$/, "").split("\n");
  let before = 0;
  while (before < Math.min(old.length, now.length) && old[before] === now[before]) before++;
  let after = 0;
  while (after < Math.min(old.length, now.length) - before && old.at(-1 - after) === now.at(-1 - after)) after++;
  const usual = ends.filter(end => end === "\r\n").length * 2 > ends.length ? "\r\n" : "\n";
  const end = at => {
    if (now.length === old.length) return ends[at];
    if (at === now.length - 1) return ends[last - 1] ?? usual;
    if (at < before) return ends[at] || usual;
    return (at >= now.length - after && ends[last - now.length + at]) || usual;
  };
  const tail = bare.slice(last).map((line, at) => line + ends[last + at]);
  return (raw.startsWith(BOM) ? BOM : "") + [...now.map((line, at) => line + end(at)), ...tail].join("");
}

const kind = text => text.match(/^(?:---|#+ |[-*] |\d+\. |!!! \w+|\||\w+: )?/)[0].replace(/^\w+: $/, ":");

// The paragraphs of a text beside those of its source, each with what stands between it and the next, if both have
// as many of the same kinds; else the whole text beside the whole source.
export function rows(text, source) {
  const ours = text.split(BETWEEN);
  const theirs = source.split(BETWEEN);
  const alike = ours.length === theirs.length && ours.every((part, at) => at % 2 || kind(part) === kind(theirs[at]));
  if (!alike) return [{ text, source, between: "" }];
  return ours.flatMap((part, at) => (at % 2 ? [] : [{ text: part, source: theirs[at], between: ours[at + 1] ?? "" }]));
}

export const joined = (parts, typed) => parts.map((part, at) => typed[at] + part.between).join("");

const NAMES = /\{\{[^{}]*\}\}|\{[#:][^{}]*\}|\{[a-z_]+\}/g;
const SEEN = {
  html: /<\/?[a-z!][^>]*>?/gi,
  contact: /\+?\d(?:[\s./-]?\d){7,}|[^\s@]+@[^\s@]+\.\p{L}+|(?:https?:\/\/|www\.)\S+/gu,
  hidden: /[\u0000-\u0008\u000b-\u001f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
};
const found = (text, pattern) => (text.match(pattern) ?? []).map(one => one.replace(/\s/g, ""));

// What the project's check may ask about a paragraph, told at once: a key of the words, and what it is about. `known`
// is the whole file and its source: what stands there is fine. A hint, since the check alone decides.
export function hints({ page, known, before, now, whole, most }) {
  const names = new Set(found(whole, NAMES));
  const told = found(before, NAMES).filter(name => !names.has(name)).map(name => ["name_gone", name]);
  for (const [what, pattern] of Object.entries(page ? { name_strange: NAMES, ...SEEN } : { hidden: SEEN.hidden })) {
    const fine = new Set(found(known, pattern));
    told.push(...found(now, pattern).filter(one => !fine.has(one)).map(one => [what, one]));
  }
  const description = page && now.match(/^description: *(.*)$/m);
  if (description && [...description[1]].length > most) told.push(["too_long", String(most)]);
  return [...new Map(told.map(one => [one.join(), one])).values()];
}
