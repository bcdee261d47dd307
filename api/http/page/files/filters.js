// Sliders and choices beside the words; each is a parameter of /recommend.

import { who } from "./api.js";
import { slider as labelled } from "./choosing.js";
import { field, h } from "./dom.js";
import { genreName, t } from "./i18n.js";

export const GENRES = ["Action", "Adventure", "Animation", "Comedy", "Crime", "Documentary", "Drama", "Family", "Fantasy", "History", "Horror", "Music", "Mystery", "Romance", "Science Fiction", "Thriller", "War", "Western"];
const FIRST_YEAR = 1920;
const THIS_YEAR = new Date().getFullYear();
const LONGEST = 240;
const AGES = [0, 6, 9, 12, 16, 18];

/** The filters; `go` takes changes of the question, `fill` shows those of an address. */
export function filters(go) {
  const kind = select("media_type", [["", t("kind.any")], ["movie", t("kind.movie")], ["tv", t("kind.tv")]], go);
  const from = slider("year_min", t("year_from"), { min: FIRST_YEAR, max: THIS_YEAR, off: FIRST_YEAR, say: String }, go);
  const to = slider("year_max", t("year_to"), { min: FIRST_YEAR, max: THIS_YEAR, off: THIS_YEAR, say: String }, go);
  const length = slider("runtime_max", t("at_most"), { min: 20, max: LONGEST, step: 5, off: LONGEST, say: (value) => t("minutes", { count: Number(value) }) }, go);
  const age = select("max_age", [["", t("any_age")], ...AGES.map((one) => [String(one), t("up_to_age", { age: one })])], go);
  const genres = genreChoices(go);
  const services = toggle("services", t("only_my_services"), go, !who.settings?.services?.length);
  const list = toggle("watchlist", t("only_watchlist"), go, false, "only");
  const owned = toggle("library", t("only_library"), go, false, "only");
  const all = [kind, from, to, length, age, genres, services, list, owned];
  const summary = h("summary", t("filters"));
  const node = h("details.filters", { open: matchMedia("(min-width: 60rem)").matches }, summary,
    h("form", { "aria-label": t("filters"), onsubmit: (event) => event.preventDefault() },
      field(t("kind"), kind.node), from.node, to.node, length.node, field(t("age"), age.node), genres.node, services.node, list.node, owned.node,
      h("button.plainly", { type: "button", onclick: () => go(Object.fromEntries(all.flatMap((one) => one.names).map((name) => [name, ""]))) }, t("clear_filters"))));
  return { node, fill: (query) => all.forEach((one) => one.fill(query)) };
}

function select(name, options, go) {
  const node = h("select", { name, onchange: () => go({ [name]: node.value }) }, options.map(([value, text]) => h("option", { value }, text)));
  for (const [index, [value]] of options.entries()) node.options[index].value = value;
  return { node, names: [name], fill: (query) => (node.value = query.get(name) || "") };
}

function slider(name, label, range, go) {
  const { off, say } = range;
  const made = labelled(label, { ...range, name, say: (value) => (Number(value) === off ? t("any") : say(value)) },
    (value) => go({ [name]: Number(value) === off ? "" : value }));
  return { node: made.node, names: [name], fill: (query) => made.fill(query.get(name)) };
}

function genreChoices(go) {
  const state = new Map(); // genre -> "" | "genres" | "exclude_genres"
  const buttons = new Map();
  const next = { "": "genres", genres: "exclude_genres", exclude_genres: "" };
  const listed = (kind) => [...state].filter(([, one]) => one === kind).map(([genre]) => genre).join(",");
  const paint = (genre) => {
    const kind = state.get(genre) || "";
    buttons.get(genre).dataset.state = kind;
    buttons.get(genre).setAttribute("aria-label", t(`genre_state.${kind || "any"}`, { genre: genreName(genre) }));
  };
  for (const genre of GENRES) {
    const press = () => {
      state.set(genre, next[state.get(genre) || ""]);
      paint(genre);
      go({ genres: listed("genres"), exclude_genres: listed("exclude_genres") });
    };
    buttons.set(genre, h("button.genre", { type: "button", onclick: press }, genreName(genre)));
    paint(genre);
  }
  const fill = (query) => {
    state.clear();
    for (const kind of ["genres", "exclude_genres"]) for (const genre of (query.get(kind) || "").split(",")) if (genre) state.set(genre, kind);
    GENRES.forEach(paint);
  };
  const node = h("fieldset", h("legend", t("genres")), h("small.quiet", t("genres_hint")), h("div.genres", [...buttons.values()]));
  return { node, names: ["genres", "exclude_genres"], fill };
}

function toggle(name, label, go, isHidden, value = "mine") {
  const input = h("input", { type: "checkbox", name, onchange: () => go({ [name]: input.checked ? value : "" }) });
  return { node: h("label.check", { hidden: isHidden }, input, h("span", label)), names: [name], fill: (query) => (input.checked = query.get(name) === value) };
}
