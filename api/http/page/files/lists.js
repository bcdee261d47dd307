// Lists that go on: more of them on demand, and what is said where there is nothing; tables that
// scroll by themselves, so that the page never does.

import { country, get, isOver, Problem, viewer } from "./api.js";
import { card, cards } from "./card.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { failed } from "./notices.js";

/** Titles of a page. */
export const LENGTH = 24;

const fromRecommend = (asked) => (cursor) => get("/recommend", { ...viewer(), limit: LENGTH, ...asked, cursor });

/** A list's first page with a button for the next, which is of /recommend unless told. */
export function pagedList(page, asked, read = fromRecommend(asked), optionsOf = (item) => ({})) {
  const options = { asked, list: page.recommendation_id };
  const list = cards(page.items, options, optionsOf);
  const more = h("button.more", { type: "button", onclick: next, hidden: !page.next_cursor }, t("more"));
  let cursor = page.next_cursor;
  async function next() {
    more.disabled = true;
    try {
      const found = await read(cursor);
      const entries = found.items.map((item) => card(item, { ...options, ...optionsOf(item) }));
      list.append(...entries);
      cursor = found.next_cursor;
      more.hidden = !cursor;
      entries[0]?.querySelector("a").focus({ preventScroll: true });
    } catch (error) {
      if (isOver(error)) document.dispatchEvent(new Event("begin"));
      else failed(error);
    } finally {
      more.disabled = false;
    }
  }
  return h("div", list, more);
}

/**
 * A list of what `read` finds from a cursor on, as `entry` shows each, and a button for more;
 * `next` adds a page, or begins anew.
 */
export function growing(spec, read, entry) {
  const list = h(spec);
  const more = h("button.more", { type: "button", onclick: () => next().catch(failed) }, t("more"));
  let cursor;
  async function next(isAnew = false) {
    if (isAnew) {
      cursor = undefined;
      list.replaceChildren();
    }
    const page = await read(cursor);
    list.append(...(await Promise.all(page.items.map(entry))));
    cursor = page.next_cursor;
    more.hidden = !cursor;
  }
  return { list, more, next };
}

/** The record of an entry that has its name alone, as those of watchlist and library. */
export async function recordOf({ item_id: id, title }) {
  try {
    return await get(`/items/${id}`, { ...viewer(), country: country() });
  } catch (error) {
    if (error instanceof Problem) return { id, title };
    throw error;
  }
}

/** What is said where a list is empty, and the next step. */
export const empty = (text, ...steps) => h("div.empty", h("p", text), ...steps);

/** A table in a region that the keyboard can scroll; the first cell of a row names it. */
export function region(label, heads, rows) {
  const head = (name) => (name ? h("th", { scope: "col" }, t(`column.${name}`)) : h("td"));
  const row = ([first, ...rest]) => h("tr", h("th", { scope: "row" }, first), rest.map((one) => h("td", one)));
  return h("div.scrolls", { tabindex: "0", role: "region", "aria-label": label },
    h("table", h("thead", h("tr", heads.map(head))), h("tbody", rows.map(row))));
}
