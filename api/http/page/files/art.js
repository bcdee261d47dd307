// A picture for every title: its poster, or initials on a field of its genres' hues.

import { drawing, h } from "./dom.js";

const HUES = {
  Action: 25, Adventure: 60, Animation: 95, Comedy: 80, Crime: 350, Documentary: 190, Drama: 275,
  Family: 110, Fantasy: 310, History: 45, Horror: 15, Music: 330, Mystery: 255, News: 210,
  Reality: 170, Romance: 0, "Science Fiction": 225, Soap: 340, Talk: 150, Thriller: 240,
  "TV Movie": 130, War: 70, Western: 50,
};
// Words that tell nothing of a title.
const SMALL = new Set("the a an of and to in on der die das und von le la les de du des et el los las y del".split(" "));
const hasPosters = document.documentElement.dataset.posters === "tmdb";
const known = new Map(); // the hues of titles that were met with their genres

function spread(id) {
  return (Math.imul(id, 2654435761) >>> 0) % 360;
}

function huesOf(item) {
  const genres = (item.genres || []).map((genre) => HUES[genre.name]).filter((hue) => hue !== undefined);
  if (genres.length) known.set(item.id, [genres[0], genres[1] ?? genres[0] + 40]);
  return known.get(item.id) || [spread(item.id), spread(item.id) + 40];
}

function initials(title) {
  const all = title.match(/[\p{L}\p{N}]+/gu) || ["?"];
  const telling = all.filter((word) => !SMALL.has(word.toLowerCase()));
  const words = telling.length ? telling : all;
  return words.slice(0, 2).map((word) => [...word][0].toLocaleUpperCase()).join("");
}

/** The picture of a title; the words beside it name it. */
export function poster(item, { eager = false } = {}) {
  // Leaning, so that neighbours of one genre can be told apart.
  const [first, second] = huesOf(item).map((hue) => hue + (spread(item.id) % 41) - 20);
  const tilt = `${20 + (spread(item.id) % 140)}deg`;
  const art = h("span.art", { "--first": first, "--second": second, "--tilt": tilt }, initials(item.title));
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

/** The picture of a profile: a face of its own, drawn from its name, the same wherever it is met. */
export function face(name) {
  let seed = 7;
  for (const letter of name) seed = (Math.imul(seed, 31) + letter.codePointAt(0)) >>> 0;
  const parts = [EYES, MOUTHS, HEADS].map((all, index) => all[spread(seed + index * 101) % all.length]);
  return h("span.face", { "aria-hidden": "true", "--first": spread(seed) }, drawing(parts.join(""), 36));
}
