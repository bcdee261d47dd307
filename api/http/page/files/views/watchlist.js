// Watchlist: what the profile means to watch, the newest first.

import { country, get, household, Problem, viewer, who } from "../api.js";
import { card } from "../card.js";
import { h } from "../dom.js";
import { day, t } from "../i18n.js";
import { empty } from "../lists.js";
import { failed } from "../notices.js";
import { asker } from "../predict.js";

/** The view. */
export async function view() {
  const list = h("ul.cards");
  const more = h("button.more", { type: "button", onclick: next }, t("more"));
  let cursor;
  async function next() {
    try {
      const page = await get(household("/watchlist"), { profile: who.profile, limit: 24, cursor });
      list.append(...(await Promise.all(page.items.map(entry))));
      cursor = page.next_cursor;
      more.hidden = !cursor;
    } catch (error) {
      failed(error);
    }
  }
  const placeOf = (id) => list.querySelector(`[data-card="${id}"] .why`);
  const page = await get(household("/watchlist"), { profile: who.profile, limit: 24 });
  list.append(...(await Promise.all(page.items.map(entry))));
  cursor = page.next_cursor;
  more.hidden = !cursor;
  return {
    title: t("place.watchlist"),
    node: [h("h1", t("place.watchlist")),
      page.items.length ? h("div", asker(page.items.map((one) => one.item_id), placeOf), list, more) : empty(t("watchlist_empty"), h("a.primary", { href: "#/foryou" }, t("place.foryou")))],
  };
}

/** The entry with its picture and genres, which the list itself does not have. */
async function entry(one) {
  const item = await get(`/items/${one.item_id}`, { ...viewer(), country: country() }).catch((error) => {
    if (error instanceof Problem) return { id: one.item_id, title: one.title };
    throw error;
  });
  return card({ ...item, explanation: t("added_on", { day: day(one.added_at) }) });
}
