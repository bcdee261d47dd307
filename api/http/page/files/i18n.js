// What the page says, from one file per language; dates, numbers and names as the language has them.

export const LANGUAGES = { en: "English", de: "Deutsch", es: "Español", fr: "Français" };

let texts = {};
export let language = "en";

function wanted() {
  const chosen = localStorage.getItem("language");
  const all = [chosen, ...navigator.languages].filter(Boolean).map((one) => one.slice(0, 2));
  return all.find((one) => one in LANGUAGES) || "en";
}

/** Reads the texts of the viewer's language. */
export async function loadTexts() {
  language = wanted();
  const answer = await fetch(`/page/texts/${language}.json`);
  texts = await answer.json();
  document.documentElement.lang = language;
}

/**
 * The text with its {places} filled; a number in `count` chooses "one" or "other", and one in
 * `turn` among phrasings.
 */
export function t(key, places = {}) {
  let text = texts[key];
  if (Array.isArray(text)) text = text[places.turn % text.length];
  if (text && typeof text === "object") {
    text = text[new Intl.PluralRules(language).select(places.count)] ?? text.other;
  }
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    typeof places[name] === "number" && name !== "year" ? number(places[name]) : places[name] ?? whole,
  );
}

/** Whether there is such a text. */
export const has = (key) => key in texts;

/**
 * Why the service's list is empty, in the page's language where it has words for it; `country` is
 * the one that was asked for.
 * @param {{empty_code?: string | null}} page @param {string} otherwise @param {string} country
 */
export const whyEmpty = ({ empty_code: code }, otherwise, country) =>
  (code && has(`empty.${code}`) ? t(`empty.${code}`, { country: countryName(country) }) : otherwise);

export const number = (value) => new Intl.NumberFormat(language).format(value);
export const percent = (share) =>
  new Intl.NumberFormat(language, { style: "percent" }).format(share);
export const day = (iso) =>
  new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(new Date(iso));
export const moment = (iso) =>
  new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
export const minutes = (value) =>
  new Intl.NumberFormat(language, { style: "unit", unit: "minute", unitDisplay: "short" }).format(value);

const names = (type, code) => {
  try {
    return new Intl.DisplayNames(language, { type }).of(code) || code;
  } catch {
    return code;
  }
};
/** TMDB writes Cantonese in a way of its own. */
export const languageName = (code) => names("language", code === "cn" ? "yue" : code);
export const countryName = (code) => names("region", code);
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
const inEnglish = {}; // codes by names, of each type
/** A language's or a region's name in the page's language, by its English one; null for any other. */
export function fromEnglish(type, name) {
  inEnglish[type] ||= new Map(LETTERS.flatMap((one) => LETTERS.map((other) => {
    const code = type === "region" ? (one + other).toUpperCase() : one + other;
    return [new Intl.DisplayNames("en", { type }).of(code), code];
  })));
  return inEnglish[type].has(name) ? names(type, inEnglish[type].get(name)) : null;
}
/** A genre of the one vocabulary, whose English name is its key. */
export const genreName = (name) => (has(`genre.${name}`) ? t(`genre.${name}`) : name);
