// Who watches along: the household's profiles as buttons with faces.

import { who } from "./api.js";
import { face } from "./art.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";

/** How a profile is called on the page. */
export const nameOf = (one) => one.name || one.profile || t("me");
/** A profile as an address names it. */
export const idOf = (one) => one.profile ?? "~";
/** The same the other way round. */
export const profileOf = (id) => (id === "~" ? null : id);

/** The household's other profiles, whom this one may ask for; a comma is no part of a list's names. */
export const others = () =>
  who.session.is_bound ? [] : who.profiles.filter((one) => one.profile !== who.profile && !one.profile?.includes(","));

/** Faces to be pressed; `go` takes the ids of those who are in. Empty where there is nobody else. */
export function companions(go) {
  const chosen = new Set();
  const buttons = others().map((one) => {
    const press = () => {
      if (!chosen.delete(idOf(one))) chosen.add(idOf(one));
      go([...chosen].join(","));
    };
    return { id: idOf(one), node: h("button.example", { type: "button", onclick: press }, face(nameOf(one), one.profile), h("span", nameOf(one))) };
  });
  const fill = (written) => {
    chosen.clear();
    for (const { id, node } of buttons) {
      const isIn = (written || "").split(",").includes(id);
      if (isIn) chosen.add(id);
      node.setAttribute("aria-pressed", String(isIn));
    }
  };
  const node = buttons.length
    ? h("fieldset", h("legend", t("who_along")), h("div.examples", buttons.map((one) => one.node)))
    : null;
  return { node, fill };
}
