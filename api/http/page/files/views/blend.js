// Blend: titles between those that one likes and away from those that one does not, kept in the address.

import { call, country, viewer } from "../api.js";
import { chosenChip, picker, readNames, slider } from "../choosing.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
import { LENGTH, pagedList } from "../lists.js";
import { unread } from "../notices.js";

const MOST = 5;
const KINDS = ["like", "unlike"];
const TEMPERATURE = { min: 0, max: 1, step: 0.1, off: 0 };

/** The view; pressing a title changes the address, which changes the list. */
export async function view({ query }) {
  const names = new Map(); // id -> title, of those that were met
  const status = h("p.quiet", { role: "status", tabindex: "-1" });
  const results = h("div");
  const chosen = Object.fromEntries(KINDS.map((kind) => [kind, h("ul.chips", { "aria-label": t(`blend.${kind}`) })]));
  const pickers = Object.fromEntries(KINDS.map((kind) => [kind, picker(t(`blend.${kind}`), (item) => {
    names.set(String(item.id), item.title);
    add(kind, String(item.id));
  }, { words: (said) => add(kind, said), hint: t(`blend.${kind}_hint`) })]));
  const surprise = slider(t("surprise"), { ...TEMPERATURE, say: surpriseName }, (value) => go((next) => (value === "0" ? next.delete("temperature") : next.set("temperature", value))));
  let asked = new URLSearchParams();
  let turn = 0;

  function go(change) {
    const next = new URLSearchParams(asked);
    change(next);
    location.hash = `#/blend?${next}`;
  }

  const add = (kind, one) => go((next) => !next.getAll(kind).includes(one) && next.append(kind, one));
  const remove = (kind, one) => {
    status.focus({ preventScroll: true });
    go((next) => next.delete(kind, one));
  };

  const chip = (kind, one) => chosenChip(names.get(one) || one, () => remove(kind, one));

  async function paint() {
    await readNames(names, KINDS.flatMap((kind) => asked.getAll(kind)).filter(isId));
    for (const kind of KINDS) {
      const all = asked.getAll(kind);
      chosen[kind].replaceChildren(...all.map((one) => chip(kind, one)));
      pickers[kind].hidden = all.length >= MOST;
    }
    surprise.fill(asked.get("temperature"));
  }

  async function update(place) {
    const mine = ++turn;
    asked = place.query;
    await paint();
    if (mine !== turn || place.isKept) return;
    if (!asked.getAll("like").length) {
      status.textContent = "";
      return void results.replaceChildren(h("div.empty", h("p", t("blend_begin"))));
    }
    const body = bodyOf(asked);
    const read = (cursor) => call("POST", "/blend", { body: { ...body, cursor } });
    try {
      const page = await read();
      if (mine !== turn) return;
      status.textContent = page.relaxed?.length ? t("blend_relaxed") : t("found_more", { count: page.items.length });
      results.replaceChildren(pagedList(page, {}, read));
    } catch (error) {
      if (mine !== turn) return;
      status.textContent = unread(error);
      results.replaceChildren();
    }
  }

  await update({ query });
  return {
    title: t("place.blend"),
    node: [h("h1", t("blend_title")),
      h("div.panels", KINDS.map((kind) => h("section", pickers[kind], chosen[kind]))), surprise.node, status, results],
    update, parts: [status, results],
  };
}

const isId = (one) => /^\d+$/.test(one);
const surpriseName = (value) => t(value === "0" ? "surprise.none" : Number(value) < 0.6 ? "surprise.some" : "surprise.much");
const reference = (one) => (isId(one) ? Number(one) : one);

function bodyOf(asked) {
  return {
    ...viewer(), country: country(), limit: LENGTH,
    like: asked.getAll("like").map(reference), unlike: asked.getAll("unlike").map(reference),
    temperature: Number(asked.get("temperature") || 0),
  };
}
