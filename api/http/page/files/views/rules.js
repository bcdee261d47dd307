// Rules: the operator's own, tried on somebody's list before they count.

import { call, get, Problem, who } from "../api.js";
import { field, h } from "../dom.js";
import { number, t } from "../i18n.js";
import { region } from "../lists.js";
import { failed, saying, toast } from "../notices.js";

const LENGTH = 20;
const EXAMPLE = { filters: { exclude_genres: ["Horror"], min_vote_count: 50 }, boosts: { genre_multipliers: { Documentary: 1.2 } } };

/** The view. What was not tried cannot be put in force. */
export async function view() {
  /** @type {Schemas["RulesOut"]} */
  let inForce = await get("/admin/rules");
  const text = h("textarea.source", { rows: 16, spellcheck: "false", autocapitalize: "off", oninput: changed });
  text.value = source(inForce.rules);
  const user = h("input", { value: who.household, maxlength: 200, required: true, autocomplete: "off" });
  const problem = h("div.problem", { role: "alert" });
  const result = h("div", { role: "status" });
  const put = h("button.primary", { type: "button", disabled: true, onclick: write }, t("rules_put"));

  function changed() {
    put.disabled = true;
    problem.textContent = "";
  }

  /** The rules as typed, or null where they are no JSON. */
  function typed() {
    try {
      return JSON.parse(text.value);
    } catch (error) {
      problem.textContent = t("no_json", { detail: error.message });
      return null;
    }
  }

  async function attempt(event) {
    event.preventDefault();
    changed();
    const rules = typed();
    if (rules === null) return;
    const tried = text.value;
    try {
      const found = await call("POST", "/admin/rules/try", { body: { user_id: user.value.trim(), limit: LENGTH, rules } });
      result.replaceChildren(...comparison(found));
      put.disabled = text.value !== tried;
    } catch (error) {
      const { errors = [] } = error;
      problem.replaceChildren(h("p", saying(error)),
        ...(errors.length > 1 ? [h("ul", errors.map((one) => h("li", h("code", one.field), ` ${one.message}`)))] : []));
    }
  }

  async function write() {
    try {
      inForce = await call("PUT", "/admin/rules", { body: { rules: JSON.parse(text.value), edition: inForce.edition } });
      put.disabled = true;
      result.replaceChildren();
      toast(t("rules_in_force"));
    } catch (error) {
      if (error instanceof Problem && error.status === 409) problem.textContent = error.message;
      else failed(error);
    }
  }

  return {
    title: t("place.rules"),
    node: [h("h1", t("place.rules")), h("p.quiet", t("rules_lead")), inForce.problem && h("p.problem", inForce.problem),
      h("form.panel.wide", { onsubmit: attempt }, field(t("rules_source"), text, t("rules_hint")),
        h("details", h("summary", t("rules_example")), h("p", t("rules_example_say")), h("pre.source", source(EXAMPLE))), field(t("rules_on"), user), problem,
        h("div.row", h("button.secondary", { type: "submit" }, t("rules_try")), put)), result].filter(Boolean),
  };
}

const source = (rules) => JSON.stringify(rules, null, 2);

/** @param {Schemas["TrialOut"]} found */
function comparison(found) {
  const place = (value) => (value === null ? t("no_place") : number(value));
  const row = (one) => [one.title, place(one.was), place(one.rank)];
  const same = !found.gone.length && found.items.every((one) => one.was === one.rank);
  return [h("h2", t("rules_tried")), h("p", same ? t("rules_same") : t("rules_change", { count: found.gone.length, of: found.of, was: found.was_of })),
    region(t("rules_tried"), ["title", "was", "rank"], [...found.items, ...found.gone].map(row))];
}
