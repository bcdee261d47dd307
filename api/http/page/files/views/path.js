// Path: a chain from one title to another, each near to both of its neighbours, kept in the address.

import { country, get, viewer } from "../api.js";
import { card } from "../card.js";
import { chosenChip, picker, readNames, slider } from "../choosing.js";
import { h } from "../dom.js";
import { genreName, percent, t, whyEmpty } from "../i18n.js";
import { empty } from "../lists.js";
import { unread } from "../notices.js";

const ENDS = ["from", "to"];
const STEPS = { min: 3, max: 8, off: 6 };
const NAMED = 3; // of what two titles share

/** The view; choosing a title changes the address, which changes the chain. */
export async function view({ query }) {
  const names = new Map(); // id -> title, of those that were met
  const status = h("p.quiet", { role: "status", tabindex: "-1" });
  const results = h("div");
  const chosen = Object.fromEntries(ENDS.map((end) => [end, h("ul.chips", { "aria-label": t(`path.${end}`) })]));
  const pickers = Object.fromEntries(ENDS.map((end) => [end, picker(t(`path.${end}`), (item) => {
    names.set(String(item.id), item.title);
    status.focus({ preventScroll: true });
    go({ [end]: item.id, seed: "" });
  })]));
  const steps = slider(t("path_steps"), { ...STEPS, say: (value) => t("titles", { count: Number(value) }) }, (value) => go({ steps: value }));
  const again = h("button.secondary", { type: "button", onclick: () => go({ seed: Number(asked.get("seed") || 0) + 1 }) }, t("path_again"));
  let asked = new URLSearchParams();
  let turn = 0;

  function go(changes) {
    const next = new URLSearchParams(asked);
    for (const [name, value] of Object.entries(changes)) next.set(name, String(value));
    for (const [name, value] of [...next]) if (!value) next.delete(name);
    location.hash = `#/path?${next}`;
  }

  function remove(end) {
    status.focus({ preventScroll: true });
    go({ [end]: "", seed: "" });
  }

  async function paint() {
    await readNames(names, ENDS.map((end) => asked.get(end)).filter(Boolean));
    for (const end of ENDS) {
      const id = asked.get(end);
      const name = names.get(id) || id;
      chosen[end].replaceChildren(...(id ? [chosenChip(name, () => remove(end), t(`path.${end}`))] : []));
      pickers[end].hidden = Boolean(id);
      chosen[end].hidden = !id;
    }
    steps.fill(asked.get("steps"));
  }

  async function update(place) {
    const mine = ++turn;
    asked = new URLSearchParams(place.query);
    await paint();
    if (mine !== turn || place.isKept) return;
    const isWhole = ENDS.every((end) => asked.get(end));
    again.hidden = true;
    status.textContent = "";
    if (!isWhole) return void results.replaceChildren(empty(t("path_begin")));
    if (asked.get("from") === asked.get("to")) return void results.replaceChildren(empty(t("path_same")));
    results.setAttribute("aria-busy", "true");
    try {
      /** @type {Schemas["PathPage"]} */
      const page = await get("/path", { ...viewer(), country: country(), ...Object.fromEntries(asked) });
      if (mine !== turn) return;
      again.hidden = false;
      if (page.items.length) status.textContent = t("path_found", { count: page.items.length });
      results.replaceChildren(page.items.length ? chain(page) : empty(whyEmpty(page, t("path_none"), country())));
    } catch (error) {
      if (mine !== turn) return;
      status.textContent = unread(error);
      results.replaceChildren();
    }
    results.removeAttribute("aria-busy");
  }

  await update({ query });
  return {
    title: t("place.path"),
    node: [h("h1", t("path_title")), h("p.lead", t("path_lead")),
      h("div.panels", ENDS.map((end) => h("section", pickers[end], chosen[end]))),
      h("div.bar-of-choices.at-end", steps.node, again), status, results],
    update, parts: [again, status, results],
  };
}

/** @param {Schemas["PathPage"]} page */
function chain(page) {
  return h("ol.cards.chain", page.items.map((item, index) => {
    const link = page.links[index];
    const next = page.items[index + 1];
    return card(item, { eager: index < 4, note: "", beside: link && h("p.tie", tie(link, next)) });
  }));
}

/** @param {Schemas["Link"]} link */
function tie({ shared, strength }, next) {
  const all = [...shared.people, ...shared.keywords, ...shared.genres.map(genreName)].slice(0, NAMED);
  return all.length
    ? t("path_shares", { title: next.title, shared: all.join(", ") })
    : t("path_near", { title: next.title, share: percent(strength) });
}
