// History: what was seen and said, day by day, each of which can be taken back.

import { call, get, viewer } from "../api.js";
import { poster } from "../art.js";
import { h } from "../dom.js";
import { day, t } from "../i18n.js";
import { empty, growing } from "../lists.js";
import { again, forget, record, remember } from "../marks.js";
import { failed, toast } from "../notices.js";

/** The view. */
export async function view() {
  const { list, more, next } = growing("ul.diary", (cursor) => get("/user/history", { ...viewer(), limit: 50, cursor }), (event) => entry(event, list));
  await next();
  return {
    title: t("place.history"),
    node: [h("h1", t("place.history")),
      h("p", h("a.secondary", { href: "#/bring" }, t("bring"))),
      list.children.length
        ? h("div", list, more)
        : empty(t("history_empty"), h("a.primary", { href: "#/search" }, t("place.search")))],
  };
}

function entry(event, list) {
  const { item } = event;
  const when = event.watched_at || event.occurred_at;
  const what = t(`event.${event.event_type}`, { rating: event.rating });
  const button = h("button.secondary", { type: "button", "aria-label": t("take_back_of", { title: item.title }), onclick: () => takeBack(event, list) }, t("take_back"));
  return h("li.entry", { "data-item": item.id },
    h("a.to-title", { href: `#/title/${item.id}` }, poster(item), h("span.name", item.title)),
    h("span.what", what), h("time.quiet", { datetime: when }, day(when)), button);
}

/** Takes back all that the history says of a title, and can write it again. */
async function takeBack({ item }, list) {
  const rows = [...list.querySelectorAll(`[data-item="${item.id}"]`)];
  try {
    const { events } = await call("DELETE", "/user/history", { query: { ...viewer(), item: item.id } });
    forget(item.id);
    const next = rows.at(-1).nextElementSibling || rows[0].previousElementSibling;
    rows.forEach((row) => (row.hidden = true));
    next?.querySelector("a").focus({ preventScroll: true });
    toast(t("taken_back", { title: item.title }), () => restore(item, events, rows));
  } catch (error) {
    failed(error);
  }
}

async function restore(item, events, rows) {
  try {
    await record(events.map(again));
    remember(item.id, events);
    rows.forEach((row) => (row.hidden = false));
  } catch (error) {
    failed(error);
  }
}
