// What is chosen by hand for a list: titles as chips that can go, and a slider that says its value.

import { country, get, viewer } from "./api.js";
import { h, icon, newId } from "./dom.js";
import { t } from "./i18n.js";

/** A chip of something chosen; `said` stands before its name. */
export const chosenChip = (name, remove, said = null) =>
  h("li.chip", { "data-status": "preferred" }, said && h("span.quiet", said), h("span", name),
    h("button", { type: "button", "aria-label": t("remove", { what: name }), onclick: remove }, icon("close")));

/** Puts the titles of these ids into `names`, where they are not in it yet. */
export const readNames = (names, ids) =>
  Promise.all(ids.filter((id) => !names.has(id)).map(async (id) => {
    const item = await get(`/items/${encodeURIComponent(id)}`, { ...viewer(), country: country() }).catch(() => null);
    if (item) names.set(id, item.title);
  }));

/** A labelled slider; `say` puts a value in words, `change` takes it when it is let go. */
export function slider(label, { say, off, ...range }, change) {
  const output = h("output");
  const input = h("input", { type: "range", ...range, id: newId("slider") });
  const tell = () => {
    output.textContent = say(input.value);
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", tell);
  input.addEventListener("change", () => change(input.value));
  const fill = (value) => {
    input.value = value || off;
    tell();
  };
  return { node: h("div.field.slider", h("label", { for: input.id }, label), output, input), fill };
}
