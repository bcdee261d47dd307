// A row of titles that scrolls by touch, by wheel and by arrow keys, with what it claims as heading.

import { card } from "./card.js";
import { h, icon, newId } from "./dom.js";
import { t } from "./i18n.js";
import { failed } from "./notices.js";

/**
 * The row. `href` leads to what its heading is about; `more` reads the next page of its titles,
 * which `cursor` names.
 */
export function rail(title, items, { href = null, cursor = null, more = null, eager = false } = {}) {
  const id = newId("rail");
  const cardOf = (item, index) => card(item, { eager: eager && index < 4 });
  const list = h("ul.rail", { "aria-labelledby": id, onkeydown: stepByKey }, items.map(cardOf));
  if (cursor) list.append(endOf(list, title, cursor, more, cardOf));
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
      failed(error);
    } finally {
      button.disabled = false;
    }
  }
  return end;
}
