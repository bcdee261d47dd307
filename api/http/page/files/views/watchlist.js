// Watchlist: what the profile means to watch, the newest first.

import { get, household, who } from "../api.js";
import { card } from "../card.js";
import { h } from "../dom.js";
import { day, t } from "../i18n.js";
import { empty, growing, recordOf } from "../lists.js";
import { asker } from "../predict.js";

/** The view. */
export async function view() {
  const { list, more, next } = growing("ul.cards", (cursor) => get(household("/watchlist"), { profile: who.profile, limit: 24, cursor }), entry);
  const placeOf = (id) => list.querySelector(`[data-card="${id}"] .why`);
  await next();
  const ids = [...list.children].map((one) => Number(one.dataset.card));
  return {
    title: t("place.watchlist"),
    node: [h("h1", t("place.watchlist")),
      ids.length ? h("div", asker(ids, placeOf), list, more) : empty(t("watchlist_empty"), h("a.primary", { href: "#/foryou" }, t("place.foryou")))],
  };
}

const entry = async (one) => card({ ...(await recordOf(one)), explanation: t("added_on", { day: day(one.added_at) }) });
