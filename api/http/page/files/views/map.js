// Map: every title as a point near to those that are like it, regions by name, one's own titles on
// it; and the same as a list, for whoever does not see it.

import { bytes, country, get, Problem, viewer } from "../api.js";
import { card } from "../card.js";
import { picker } from "../choosing.js";
import { h, icon } from "../dom.js";
import { genreName, t } from "../i18n.js";
import { empty } from "../lists.js";
import { indexOf, mapCanvas, unpack } from "../map_canvas.js";
import { failed } from "../notices.js";

const MOST_OWN = 20; // pages of the history
const KNOWN = 5; // titles of a region in the list
const FIRST_LISTED = 12;

/** The view; #/map?title=ID goes to a title. */
export async function view({ query }) {
  let answers;
  try {
    answers = await Promise.all([get("/map/regions", viewer()), bytes("/map", viewer()), ownIds()]);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    return { title: t("place.map"), node: [h("h1", t("map_title")), empty(t("map_none"), h("a.primary", { href: "#/blend" }, t("place.blend")), " ", h("a.secondary", { href: "#/path" }, t("place.path")))] };
  }
  /** @type {Schemas["RegionOut"][]} */
  const regions = answers[0].regions;
  const points = unpack(answers[1]);
  const marked = answers[2].map((id) => indexOf(points, id)).filter((index) => index >= 0);
  const canvas = h("canvas", { tabindex: "0", role: "img", "aria-label": t("map_keys", { count: points.ids.length }), "aria-describedby": "map-twin" });
  const labels = regions.map((one) => h("span.map-label", one.known[0]?.title));
  const ring = h("span.map-ring", { hidden: true });
  const said = h("div.map-chosen", { role: "status" });
  const belongs = nearestRegions(points, regions);
  const map = mapCanvas(canvas, points, { colours: () => coloursOf(canvas, belongs, regions.length), marked, moved, press });

  /** Puts the best known title of each region in its middle, the larger regions first, none over another. */
  function moved() {
    const taken = [];
    const [width, height] = map.size();
    labels.forEach((label) => (label.dataset.width ||= String(label.offsetWidth)));
    labels.forEach((label, index) => {
      const [x, y] = map.at(regions[index].x, regions[index].y);
      const half = [label.dataset.width, "24"].map((side) => Number(side) / 2 + 2);
      const isFree = x > half[0] && x < width - half[0] && y > half[1] && y < height - half[1] &&
        taken.every((one) => Math.abs(one.x - x) > one.half[0] + half[0] || Math.abs(one.y - y) > one.half[1] + half[1]);
      label.classList.toggle("is-out", !isFree);
      if (!isFree) return;
      taken.push({ x, y, half });
      label.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, -50%)`;
    });
    const index = map.chosen();
    ring.hidden = index < 0;
    if (index < 0) return;
    const [x, y] = map.at(points.places[2 * index], points.places[2 * index + 1]);
    ring.hidden = x < 0 || y < 0 || x > width || y > height;
    ring.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, -50%)`;
  }

  let turn = 0;
  async function press(index) {
    const mine = ++turn;
    map.choose(index);
    if (index < 0) return said.replaceChildren();
    try {
      const item = await get(`/items/${points.ids[index]}`, { ...viewer(), country: country() });
      if (mine === turn) said.replaceChildren(h("ul.cards", card(item, { eager: true, note: item.genres.map((one) => genreName(one.name)).join(", ") })));
    } catch (error) {
      failed(error);
    }
  }

  function find(item) {
    const index = indexOf(points, item.id);
    if (index < 0) return said.replaceChildren(h("p", t("map_not_there", { title: item.title })));
    map.goTo(points.places[2 * index], points.places[2 * index + 1]);
    return press(index);
  }

  const tool = (name, act) => h("button.round", { type: "button", "aria-label": t(`map_tool.${name}`), title: t(`map_tool.${name}`), onclick: act }, icon(name));
  const asked = Number(query.get("title"));
  if (asked) find({ id: asked, title: String(asked) });
  return {
    title: t("place.map"),
    node: [h("h1", t("map_title")), h("p.lead", t("map_lead")),
      picker(t("map_find"), find),
      h("div.map", canvas, h("div.map-labels", { "aria-hidden": "true" }, labels, ring),
        h("div.map-tools", tool("larger", () => map.zoom(1.6)), tool("smaller", () => map.zoom(1 / 1.6)), tool("whole", map.whole)), said),
      marked.length ? h("p.quiet.map-own", t("map_own", { count: marked.length })) : h("p.quiet", t("map_own_none")),
      twin(regions, (one) => {
        canvas.scrollIntoView({ block: "nearest" });
        map.goTo(one.x, one.y, 4);
      })],
  };
}

/** Titles of the profile's history. */
async function ownIds() {
  const found = new Set();
  let cursor;
  for (let page = 0; page < MOST_OWN && cursor !== null; page++) {
    const read = await get("/user/history", { ...viewer(), limit: 100, cursor });
    read.items.forEach((event) => found.add(event.item.id));
    cursor = read.next_cursor ?? null;
  }
  return [...found];
}

/** A region's name as the page's language has it. @param {Schemas["RegionOut"]} region */
const nameOf = ({ genres, keywords, name }) => {
  const said = genres.map(genreName).join(", ");
  return said ? [said, keywords.join(", ")].filter(Boolean).join(": ") : name;
};

/** For each point the region whose middle is nearest. */
function nearestRegions({ ids, places }, regions) {
  const found = new Uint16Array(ids.length);
  for (let one = 0; one < ids.length; one++) {
    let best = Infinity;
    for (let index = 0; index < regions.length; index++) {
      const far = (regions[index].x - places[2 * one]) ** 2 + (regions[index].y - places[2 * one + 1]) ** 2;
      if (far < best) [best, found[one]] = [far, index];
    }
  }
  return found;
}

/** The colours of all points and of one's own, as the theme has them. */
function coloursOf(canvas, belongs, count) {
  const context = h("canvas", { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const read = (colour) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const palette = Array.from({ length: count }, (_, index) => read(`oklch(${isDark ? "72%" : "58%"} 0.13 ${(index * 67) % 360})`));
  const all = new Uint8Array(4 * belongs.length);
  for (let one = 0; one < belongs.length; one++) {
    all.set(palette[belongs[one]], 4 * one);
    all[4 * one + 3] = 190;
  }
  return { all, own: read(isDark ? "oklch(96% 0.02 90)" : "oklch(18% 0.03 300)") };
}

/** The regions as a list, each with the titles it is known by. */
function twin(regions, go) {
  const entries = regions.map((one, index) => h("li", { hidden: index >= FIRST_LISTED },
    h("button.plainly", { type: "button", onclick: () => go(one) }, nameOf(one)), h("span.quiet", ` ${t("titles", { count: one.titles })}`),
    h("ul.examples", one.known.slice(0, KNOWN).map((title) => h("li", h("a.example", { href: `#/title/${title.id}` }, title.title))))));
  const rest = h("button.more", { type: "button", hidden: regions.length <= FIRST_LISTED, onclick: () => {
    entries.forEach((entry) => (entry.hidden = false));
    rest.remove();
    entries[FIRST_LISTED].querySelector("button").focus({ preventScroll: true });
  } }, t("more"));
  return h("section", h("h2", { id: "map-twin" }, t("map_regions")), h("ul.regions", entries), rest);
}
