// For you: rows of titles, each with what its titles have in common.

import { get, Problem, viewer, who } from "../api.js";
import { h } from "../dom.js";
import { genreName, languageName, t } from "../i18n.js";
import { legend } from "../marks.js";
import { failed } from "../notices.js";
import { rail } from "../rail.js";

// No more at once than a window shows, and some.
const [ROWS, TITLES] = innerWidth < 640 ? [2, 6] : innerWidth < 1700 ? [3, 8] : [3, 12];
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
  on_watchlist: () => "#/watchlist",
};

const ask = (parameters) => `#/ask?${new URLSearchParams(parameters)}`;
/** @returns {Promise<Schemas["ShelvesPage"]>} */
const read = (cursor, rows = ROWS) => get("/shelves", { ...viewer(), rows, limit: TITLES, cursor });

/** The rows, the best first; those below come as one gets near them. */
export async function view() {
  const page = await read();
  const name = who.settings?.name;
  const rows = h("div.rows", page.rows.map(rowOf));
  return {
    title: t("place.foryou"),
    node: [
      h("header.head", h("h1", name ? t("foryou_name", { name }) : t("place.foryou")),
        h("div.bar-of-choices", h("a.primary", { href: "#/tonight" }, t("choose_tonight")), h("a.secondary.on-desk", { href: "#/list" }, t("one_list")))),
      page.rows.length ? null : h("div.empty", h("p", page.empty_because || t("foryou_empty")), h("a.primary", { href: "#/ask" }, t("place.ask"))),
      page.rows.length ? legend() : null, rows, page.next_cursor ? moreRows(rows, page.next_cursor) : null,
    ].filter(Boolean),
  };
}

/** @param {Schemas["ShelfRow"]} row */
function rowOf(row, index) {
  const more = async (cursor) => (await read(cursor)).rows[0] || { items: [], next_cursor: null };
  return rail(titleOf(row), row.items, { href: LEADS[row.code]?.(row.evidence), cursor: row.next_cursor, more, eager: index === 0 });
}

function titleOf({ code, evidence }) {
  return t(`row.${code}`, {
    ...evidence,
    genre: evidence.genre && genreName(evidence.genre),
    language: evidence.language && languageName(evidence.language),
    decade: String(evidence.decade),
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
      const page = await read(cursor, 2 * ROWS);
      const found = page.rows.map((row) => rowOf(row, -1));
      rows.append(...found);
      if (document.activeElement === button) found[0]?.querySelector("a").focus({ preventScroll: true });
      cursor = page.next_cursor;
      if (cursor) watch.observe(button); // tells at once where it is still near
      else button.remove();
    } catch (error) {
      if (error instanceof Problem && error.code === "expired_cursor") document.dispatchEvent(new Event("begin"));
      else failed(error); // and from now on by hand
    }
    isAsking = false;
  }
  return button;
}
