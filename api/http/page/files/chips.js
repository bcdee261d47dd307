// What was understood of a wish: enforced, preferred, relaxed, not supported, not understood.
// Each look has a sign and a word of its own, so that none depends on its colour.

import { h, icon } from "./dom.js";
import { countryName, genreName, has, language, languageName, number, t } from "./i18n.js";
import { sheet } from "./notices.js";

const SIGNS = { enforced: "✓", preferred: "♡", relaxed: "≈", unsupported: "✕", not_understood: "?" };

/** The chips of an answer; `remove` gets the change of the question that takes one out. */
export function chips(page, words, remove) {
  const said = new Map(); // what the words say twice is one chip, with which both go
  for (const part of page.interpreted || []) {
    const key = part.field + part.label + part.status;
    said.set(key, [...(said.get(key) || []), part]);
  }
  const made = [...said.values()].map((parts) => chip(parts[0].status, labelOf(parts[0]), parts[0].note, () =>
    remove(parts.reduce((change, part) => ({ ...change, ...without(part, change.q ?? words) }), {}))));
  return [
    made.length ? h("ul.chips", { "aria-label": t("understood") }, made) : null,
    page.degraded?.length ? h("p.quiet", t("degraded")) : null,
  ].filter(Boolean);
}

// The bounds of a year that say nothing.
const [FIRST, LAST] = [1870, 2100];
// The service says that something is left out by a word before it, in English as all it says.
const bare = (label) => label.replace(/^(?:Not|No) /, "");
const left = (what) => t("genre_state.exclude_genres", { genre: what });
/** The page's word for it, where it has one; else as the service says it, such as a topic. */
const wordFor = (key, label) => (has(key) ? t(key) : bare(label));
const moodFor = (label) => (has(`mood.${label}`) ? t(`mood.${label}`) : genreName(label)); // shows have some genres as moods
/** How many have voted for a title, or how: "Rated 8.5 or more". */
function renownFor(label) {
  const [, average, way] = /^Rated ([\d.]+) or (more|less)$/.exec(label) || [];
  return way ? t(`renown.${way}`, { average: number(average) }) : wordFor(`renown.${label}`, label);
}
const LABELS = {
  genre: (label) => genreName(label),
  exclude_genre: (label) => left(genreName(bare(label))),
  mood: moodFor,
  exclude_mood: (label) => left(moodFor(bare(label))),
  renown: renownFor,
  media_type: (label, kind) => t(`kind.${kind}`),
  language: (label, ...codes) => codes.map(languageName).join(", "),
  exclude_content: (label) => left(wordFor(`content.${bare(label)}`, label)),
  exclude_language: (label, ...codes) => left(codes.map(languageName).join(", ")),
  country: (label, ...codes) => codes.map(countryName).join(", "),
  exclude_country: (label, ...codes) => left(codes.map(countryName).join(", ")),
  exclude_year: (label, from, to) => left(years(from, to) || bare(label)),
  library: (label, way) => (way === "exclude" ? left(t("place.library")) : t("only_library")),
  watchlist: (label, way) => (way === "exclude" ? left(t("place.watchlist")) : t("only_watchlist")),
  year: (label, from, to) => (label === "Not out yet" ? t("chip.not_out_yet") : years(from, to) || label),
  runtime: (label, from, to) => lengths(from, to),
  maturity: (label, from, to) => `${t("age")} ${ages(from, to)}`,
  offer_type: (label, ...types) => types.map((type) => t(`offer.${type}`)).join(", "),
  count: (label, count) => t("titles", { count }),
  keyword: (label) => wordFor(`chip.${label.toLowerCase()}`, label),
};

/** Running times in minutes; of two bounds 0 is none. */
function lengths(from, to) {
  const bound = t("minutes", { count: to || from });
  if (from && to) return from === to ? bound : `${number(from)}–${bound}`;
  return `${t(to ? "at_most" : "at_least")} ${bound}`;
}

/** Ages; of two bounds 0 is none, but that small children may watch. */
function ages(from, to) {
  if (from && to) return from === to ? String(to) : `${from}–${to}`;
  return from ? t("from_age", { age: from }) : t("up_to_age", { age: to });
}

/** A span of years; a bound that says nothing is left out. */
function years(from, to) {
  const begins = from > FIRST && from;
  const ends = to && to < LAST && to;
  if (begins && ends) return begins === ends ? String(begins) : `${begins}–${ends}`;
  return [begins && `${t("year_from")} ${begins}`, ends && `${t("year_to")} ${ends}`].find(Boolean);
}

/** A part in the page's language, where it has words for it; the service's are English. */
function labelOf({ field, label, value }) {
  if (language === "en") return label;
  if (LABELS[field]) return LABELS[field](label, ...[value].flat());
  return field.startsWith("exclude_") ? left(bare(label)) : label; // names, which are no words
}

function chip(status, label, note, onclick) {
  const state = t(`chip.${status}`);
  if (status === "not_understood") note = t("chip.not_understood_say"); // of the service's notes the one it always says
  const said = [h("span.label", label), h("span.state", state)];
  const tell = () => sheet(label, h("p.quiet", state), h("p", note));
  return h("li.chip", { "data-status": status, title: note || state },
    h("span.sign", { "aria-hidden": "true" }, SIGNS[status] || "•"),
    // A finger has no pointer that rests on it.
    note ? h("button.tell", { type: "button", "aria-haspopup": "dialog", onclick: tell }, said) : said,
    note && h("span.sr", ` ${note}`),
    h("button", { type: "button", "aria-label": t("remove", { what: label }), onclick }, icon("close")));
}

/** The question without one part: its words cut out, or its parameter cleared. */
function without(part, words) {
  if (part.source !== "parameter") return { q: cut(words, part.text) };
  return Object.fromEntries(part.text.split(/,\s(?=\w+=)|&|;/).map((one) => [one.split("=")[0].trim(), ""]));
}

// Words that lead to a part and mean nothing without it.
const LEADING = /\s*\b(without|no|not|with|by|like|on|from|in|ohne|kein\w*|mit|von|wie|auf|sin|con|de|como|en|sans|avec|comme|sur)\s*$/i;

function cut(words, text) {
  const at = words.toLowerCase().indexOf(text.toLowerCase());
  if (at < 0) return words;
  const before = words.slice(0, at).replace(LEADING, " ");
  return `${before} ${words.slice(at + text.length)}`.replace(/\s+([,.;])/g, "$1").replace(/\s+/g, " ").replace(/^[\s,;]+|[\s,;]+$/g, "");
}
