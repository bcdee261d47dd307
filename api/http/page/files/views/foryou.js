// For you: rows of titles, each with what its titles have in common. A row scrolls by touch, by
// wheel and by arrow keys.

import { country, get, isOver, shelves, Unreachable, who } from "../api.js";
import { card } from "../card.js";
import { h, icon, newId } from "../dom.js";
import { countryName, genreName, languageName, t, whyEmpty } from "../i18n.js";
import { legend } from "../marks.js";
import { failed } from "../notices.js";

// What is said above a row leads to what it says.
const LEADS = {
  for_you: () => "#/list",
  co_liked: ({ item_id }) => `#/title/${item_id}`,
  similar_to_liked: ({ item_id }) => `#/title/${item_id}`,
  with_person: ({ person_id }) => `#/person/${person_id}`,
  genre: ({ genre }) => ask({ genres: genre }),
  decade: ({ decade }) => ask({ year_min: decade, year_max: decade + 9 }),
  language: ({ language }) => ask({ languages: language }),
  series: () => "#/list?kind=tv",
  service: ({ service }) => ask({ services: service }),
  region: () => "#/map",
  on_watchlist: () => "#/watchlist",
};

const CARD_PX = 192; // a card of a row and the gap beside it

// Reasons that rest on what the viewer said; without any of them the rows are anybody's.
const OWN = new Set(["similar_to_liked", "similar_to_watched", "co_liked", "followed", "alike", "something_of_chosen", "listed_beside", "person_in_common", "made_by_person", "same_maker", "with_person", "genre_affinity", "language_affinity", "country_affinity"]);

/** @param {Schemas["ShelvesPage"]} page */
const isPersonal = ({ rows }) =>
  rows.some((row) => OWN.has(row.code) || row.items.some((item) => item.reasons.some((reason) => OWN.has(reason.code))));

const start = () => h("div.start", h("p", t("foryou_start")), h("a.secondary", { href: "#/welcome?step=titles" }, t("choose_titles")));

const ask = (parameters) => `#/ask?${new URLSearchParams(parameters)}`;
/** @returns {Promise<Schemas["ShelvesPage"]>} */
const read = (cursor, rows) => get("/shelves", shelves(cursor, rows));

/** The rows, the best first; those below come as one gets near them. */
export async function view() {
  const page = await read();
  const name = who.settings?.name;
  const rows = h("div.rows", page.rows.slice(0, 1).map(rowOf));
  const below = () => {
    rows.append(...page.rows.slice(1).map((row) => rowOf(row, -1)));
    if (page.next_cursor) rows.after(moreRows(rows, page.next_cursor));
  };
  paintedFirst(below);
  return {
    title: t("place.foryou"),
    node: [
      h("header.head", h("h1", name ? t("foryou_name", { name }) : t("place.foryou")),
        h("div.bar-of-choices", h("a.primary", { href: "#/tonight" }, t("choose_tonight")), h("a.secondary.on-desk", { href: "#/list" }, t("one_list")))),
      page.rows.length ? null : h("div.empty", h("p", whyEmpty(page, t("foryou_empty"), country())), h("a.primary", { href: "#/ask" }, t("place.ask"))),
      page.rows.length ? legend() : null,
      page.rows.length && !isPersonal(page) ? start() : null, h("div", rows),
    ].filter(Boolean),
  };
}

/** What is in sight is painted before what follows it is made. */
const paintedFirst = (act) => requestAnimationFrame(() => setTimeout(act));

/** @param {Schemas["ShelfRow"]} row */
function rowOf(row, index) {
  const more = async (cursor) => (await read(cursor)).rows[0] || { items: [], next_cursor: null };
  return rail(titleOf(row), row.items, { href: LEADS[row.code]?.(row.evidence), list: row.recommendation_id, cursor: row.next_cursor, more, eager: index === 0 });
}

function titleOf({ code, evidence }) {
  return t(`row.${code}`, {
    ...evidence,
    genre: evidence.genre && genreName(evidence.genre),
    language: evidence.language && languageName(evidence.language),
    decade: String(evidence.decade),
    country: evidence.country && countryName(evidence.country),
    without: evidence.without_genres?.map(genreName).join(", "),
  });
}

/** A button for the rows below, which presses itself when one comes near it. */
function moreRows(rows, cursor) {
  const button = h("button.more", { type: "button", onclick: next }, t("more_rows"));
  const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && next(), { rootMargin: "300px" });
  watch.observe(button);
  let isAsking = false;
  async function next() {
    if (isAsking) return;
    isAsking = true;
    watch.unobserve(button);
    try {
      const page = await read(cursor, 2);
      const found = page.rows.map((row) => rowOf(row, -1));
      rows.append(...found);
      if (document.activeElement === button) found[0]?.querySelector("a").focus({ preventScroll: true });
      cursor = page.next_cursor;
      if (cursor) watch.observe(button); // tells at once where it is still near
      else button.remove();
    } catch (error) {
      if (isOver(error)) document.dispatchEvent(new Event("begin"));
      // From now on by hand. That the service is away is said above the page already.
      else if (!(error instanceof Unreachable)) failed(error);
    }
    isAsking = false;
  }
  return button;
}

/**
 * The row. `href` leads to what its heading is about, `list` is the service's name of its list;
 * `more` reads the next page of its titles, which `cursor` names.
 */
function rail(title, items, { href = null, list: name = null, cursor = null, more = null, eager = false } = {}) {
  const id = newId("rail");
  const cardOf = (item, index) => card(item, { list: name, eager: eager && index < 4 });
  const list = h("ul.rail", { "aria-labelledby": id, onkeydown: stepByKey });
  const add = (from, to) => list.append(...items.slice(from, to).map((item, index) => cardOf(item, from + index)));
  const finish = (from) => {
    add(from);
    if (cursor) list.append(endOf(list, title, cursor, more, cardOf));
  };
  const inSight = eager ? Math.ceil(innerWidth / CARD_PX) : 0;
  add(0, inSight);
  if (eager) paintedFirst(() => finish(inSight));
  else finish(0);
  const scroll = (way) => () => list.scrollBy(way * list.clientWidth * 0.8, 0);
  const turn = (name, way) =>
    h("button.round", { type: "button", "aria-label": t(`rail.${name}`, { row: title }), onclick: scroll(way) }, icon(name));
  const turns = h("div.turns", turn("back", -1), turn("forth", 1));
  return h("section.row-of", h("header", h("h2", { id }, href ? h("a", { href }, title) : title), turns), list);
}

function stepByKey(event) {
  const way = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[event.key];
  const next = way && event.target.closest("li")?.[way]?.querySelector("a, button");
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The last place of a row: a button that puts more titles before itself. */
function endOf(list, title, cursor, more, cardOf) {
  const button = h("button.secondary", { type: "button", onclick: next, "aria-label": t("rail.more", { row: title }) }, t("more"));
  const end = h("li.end", button);
  async function next() {
    button.disabled = true;
    try {
      const row = await more(cursor);
      const entries = row.items.map(cardOf);
      end.before(...entries);
      entries[0]?.querySelector("a").focus({ preventScroll: true });
      cursor = row.next_cursor;
      if (!cursor) end.remove();
    } catch (error) {
      if (isOver(error)) document.dispatchEvent(new Event("begin"));
      else failed(error);
    } finally {
      button.disabled = false;
    }
  }
  return end;
}
