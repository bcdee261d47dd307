// Tables that scroll by themselves, so that the page never does.

import { h } from "./dom.js";
import { t } from "./i18n.js";

/** A table in a region that the keyboard can scroll; the first cell of a row names it. */
export function region(label, heads, rows) {
  const head = (name) => (name ? h("th", { scope: "col" }, t(`column.${name}`)) : h("td"));
  const row = ([first, ...rest]) => h("tr", h("th", { scope: "row" }, first), rest.map((one) => h("td", one)));
  return h("div.scrolls", { tabindex: "0", role: "region", "aria-label": label },
    h("table", h("thead", h("tr", heads.map(head))), h("tbody", rows.map(row))));
}
