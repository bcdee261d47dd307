// A title in a list: picture, name, one line why, marks; and why it stands there, on demand.

import { call, country, viewer } from "./api.js";
import { poster } from "./art.js";
import { h } from "./dom.js";
import { countryName, fromEnglish, genreName, has, language, languageName, minutes, number, percent, t } from "./i18n.js";
import { tellOf } from "./impressions.js";
import { isDone, marks, pressByKey } from "./marks.js";
import { sheet, unread } from "./notices.js";

/** What a title is, in a line; no certificate breaks at its hyphen. */
export const factsOf = (item, ...more) => [
  item.release_year, t(`kind.one.${item.media_type}`), item.runtime && minutes(item.runtime), item.maturity_rating?.replace("-", "\u2011"),
  item.genres.map((genre) => genreName(genre.name)).join(", "), ...more,
].filter(Boolean).join(" · ");

/**
 * What a part of a wish may say beside a genre or a mood, in the service's English.
 * @type {[RegExp, (said: string) => string | null][]}
 */
const SAID = [
  [/^([\d–-]+)$/, (figures) => figures],
  [/^(\d+) minutes?$/, (count) => t("minutes", { count: Number(count) })],
  [/^suitable for age (\d+)$/, (age) => t("suits_age", { age })],
  [/^for ages from (\d+)$/, (age) => t("from_age", { age })],
  [/^for all ages$/, () => t("all_ages")],
  [/^an? (?:film|show)$/, (kind) => t(kind.endsWith("film") ? "kind.one.movie" : "kind.one.tv")],
  [/^in (.+)$/, (name) => fromEnglish("language", name)],
  [/^from (.+)$/, (name) => fromEnglish("region", name)],
];

/** A part of a wish, which the service says in English; null where the page has no words for it. */
function inThisLanguage(part) {
  const own = ["genre", "mood"].map((kind) => `${kind}.${part}`).find(has);
  if (own) return t(own);
  const [form, say] = SAID.find(([one]) => one.test(part)) || [];
  return form ? say(part.match(form)[1] ?? part) : null;
}

// Said in names of the service's parts; the playground has it.
const FOR_OPERATORS = new Set(["not_proposed"]);

/** A reason of a title, of which those beside each other are not all put alike. */
const sentenceOf = (item) => (reason) => {
  const evidence = { ...reason.evidence, turn: item.id };
  if (evidence.genre) evidence.genre = genreName(evidence.genre);
  if (evidence.language_code) evidence.language = languageName(evidence.language_code);
  if (evidence.country_code) evidence.country = countryName(evidence.country_code);
  if (evidence.kind) evidence.kind = t(`kind.${evidence.kind}`);
  if (evidence.asked) evidence.asked = evidence.asked.split(", ").map(inThisLanguage).filter(Boolean).join(", ");
  if (evidence.asked === "") return null;
  const ofAll = `reason_of_all.${reason.code}`; // as of all seven titles
  const isOfAll = evidence.count === evidence.titles && has(ofAll);
  const key = isOfAll ? ofAll : `reason.${reason.code}`;
  const text = t(key, evidence);
  return has(key) && !text.includes("{") ? text : null;
};

/** The first reasons of a title, all without `most`, in the page's language where it knows them. */
const saidOf = (item, most) => (language === "en" ? [] : (item.reasons || []).slice(0, most).map(sentenceOf(item)).filter(Boolean));

/** Why a title is in a list. */
export const why = (item) => saidOf(item, 2).join(" ") || item.explanation || "";

/**
 * The list's entry; `asked` are the parameters of the list it stands in, `list` the service's name
 * of that list, `note` a line in place of the reason, `onwhy` what a press of the reason does,
 * `beside` what stands below it.
 */
export function card(item, { asked = {}, list = null, eager = false, note = null, onwhy = () => explain(item, asked), beside = null } = {}) {
  const link = h("a.to-title", { href: `#/title/${item.id}` },
    poster(item, { eager }),
    h("span.name", item.title, item.release_year ? h("span.year", ` ${item.release_year}`) : null));
  const reason = note === null && why(item);
  const entry = h("li.card", { "data-card": item.id }, link,
    reason && h("button.why", { type: "button", "aria-haspopup": "dialog", onclick: onwhy },
      h("span.sr", t("why_of", { title: item.title }), " "), h("span.clamp", reason)),
    note && h("p.why", note), beside,
    marks(item, { isNew: list !== null }));
  entry.classList.toggle("is-done", isDone(item.id));
  pressByKey(entry, item);
  if (list) tellOf(entry, item, list);
  return entry;
}

/** A list of cards; `optionsOf` a title are what its own card is told beside. */
export const cards = (items, options, optionsOf = (item) => ({})) =>
  h("ul.cards", items.map((item, index) => card(item, { ...options, ...optionsOf(item), eager: index < 4 })));

/** The sheet on why a title stands where it does. */
export async function explain(item, asked) {
  const place = h("div.reasons", h("p.quiet", t("loading")));
  sheet(t("why_title", { title: item.title }), place);
  await fill(place, standing(item, asked));
}

/** Puts what is promised in place, or what went wrong. */
export async function fill(place, promised) {
  try {
    place.replaceChildren(...(await promised));
  } catch (error) {
    place.replaceChildren(h("p", unread(error)));
  }
}

/** Where a title stands in the list that was asked for, with reasons. */
export async function standing(item, asked) {
  const found = await call("POST", "/recommend/preview", {
    body: { ...viewer(), country: country(), ...asked, item: item.id },
  });
  const ranked = found.reasons.find((reason) => reason.evidence.signals);
  const said = saidOf(item);
  const told = found.reasons.filter((reason) => reason !== ranked && !FOR_OPERATORS.has(reason.code));
  told.sort((one, other) => Number(one.code === "moved") - Number(other.code === "moved")); // why it is there, then why there
  const sentences = said.length ? said : told.map((reason) => reason.detail);
  return [
    h("p", found.rank
      ? t("ranked", { rank: number(found.rank), of: number(found.of) })
      : t("not_listed")),
    sentences.length ? h("ul", sentences.map((one) => h("li", one))) : null,
    ranked && contributions(ranked.evidence.signals),
  ].filter(Boolean);
}

function contributions(signals) {
  const parts = Object.entries(signals)
    .filter(([, one]) => one.contribution > 0)
    .sort(([, one], [, other]) => other.contribution - one.contribution);
  const whole = parts.reduce((sum, [, one]) => sum + one.contribution, 0) || 1;
  return h("section", h("h3", t("contributions")),
    h("ul.bars", parts.map(([name, one]) => {
      const share = one.contribution / whole;
      return h("li", h("span", has(`signal.${name}`) ? t(`signal.${name}`) : name), h("span.share", percent(share)),
        h("span.bar", { "aria-hidden": "true", "--share": `${Math.round(share * 100)}%` }));
    })));
}
