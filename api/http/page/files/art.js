// A picture for every title: its poster, or initials on a field of a hue of its own.

import { drawing, h } from "./dom.js";

// Words that tell nothing of a title, by the language that it is from; an English title has English ones.
const SMALL = Object.fromEntries(Object.entries({
  en: "the a an of and to in on n",
  de: "der die das den dem des ein eine einer und von vom im am",
  fr: "le la les l un une de du des d et en au aux",
  es: "el la los las lo un una y e de del en",
  it: "il lo la l i gli le un uno una e di del dello della dell dei degli delle d",
  pt: "o a os as um uma e de do da dos das em",
  nl: "de het een en van t",
  sv: "den det de en ett och av i",
  da: "den det de en et og af i",
  no: "den det de en et og av i",
  hu: "a az egy és",
}).map(([language, words]) => [language, new Set(words.split(" "))]));
// A word with what an apostrophe of either kind joins to it; a number may have dots and commas.
const WORDS = /\p{N}+(?:[.,]\p{N}+)*[\p{L}\p{M}]*|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’ʼ][\p{L}\p{M}\p{N}]+)*/gu;
const MOST_LETTERS = 2;
const hasPosters = document.documentElement.dataset.posters === "tmdb";

function spread(id) {
  return (Math.imul(id, 2654435761) >>> 0) % 360;
}

/** What stands for a title without a poster: "OT" for Ocean's Twelve, "A" for L'Avventura, "1917". */
export function initials({ title, original_language: language = null }) {
  const isSmall = (word) => SMALL.en.has(word.toLowerCase()) || SMALL[language]?.has(word.toLowerCase());
  const all = (title.normalize("NFC").match(WORDS) || ["?"]).map((word) => withoutArticle(word, isSmall));
  const telling = all.filter((word) => !isSmall(word));
  const said = [];
  for (const word of telling.length ? telling : all) {
    if (said.length >= MOST_LETTERS) break;
    const figures = word.match(/^\p{N}+/u);
    if (figures) said.push(...figures[0]);
    else said.push([...letters.segment(word)][0].segment.toLocaleUpperCase());
  }
  return said.join("");
}

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** "L'Avventura" begins with an A: what is elided before an apostrophe is an article of its language. */
function withoutArticle(word, isSmall) {
  const [article, ...rest] = word.split(/['’ʼ]/);
  return rest.length && isSmall(article) ? rest.join("'") : word;
}

/** The picture of a title; the words beside it name it. */
export function poster(item, { eager = false } = {}) {
  // By its id, which every answer has: a title looks the same wherever it is met.
  const hue = spread(item.id);
  const art = h("span.art", { "--first": hue, "--second": hue + 40, "--tilt": `${20 + (hue % 140)}deg` }, initials(item));
  const frame = h("span.poster", { "aria-hidden": "true" }, art);
  if (hasPosters && item.poster_url) {
    const image = h("img", {
      src: item.poster_url, alt: "", loading: eager ? "eager" : "lazy", decoding: "async",
      referrerpolicy: "no-referrer", width: 500, height: 750, onerror: () => image.remove(),
    });
    frame.append(image);
  }
  return frame;
}

const EYES = ["M18 14v.01", "M13 14v.01M23 14v.01", "M11 15v.01M18 12v.01M25 15v.01", "M12 14h3M21 14h3", "M12 15q1.5-3 3 0M21 15q1.5-3 3 0"];
const MOUTHS = ["M12 22q6 6 12 0", "M12 22h12q-1 7-6 7t-6-7z", "M14 23q4 4 8 0", "M15 22q3 4 6 0", "M11 21q7 10 14 0"];
const HEADS = ["", "M18 9V5", "M10 9L7 5M26 9l3-4", "M5 18H2M31 18h3", "M11 9q7-5 14 0"];

/**
 * The picture of a profile: a face of its own, the same wherever it is met. It is drawn from its
 * name and, since two may be called the same, from what requests name it by.
 */
export function face(name, profile) {
  let seed = 7;
  for (const letter of profile === null ? name : `${name}/${profile}`) seed = (Math.imul(seed, 31) + letter.codePointAt(0)) >>> 0;
  const parts = [EYES, MOUTHS, HEADS].map((all, index) => all[spread(seed + index * 101) % all.length]);
  return h("span.face", { "aria-hidden": "true", "--first": spread(seed) }, drawing(parts.join(""), 36));
}
