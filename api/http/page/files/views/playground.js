// Playground: any viewer's list by two strategies side by side, with what each stage took and gave.

import { country, get, who } from "../api.js";
import { explain } from "../card.js";
import { picker } from "../choosing.js";
import { field, h, newId } from "../dom.js";
import { has, number, percent, t } from "../i18n.js";
import { unread } from "../notices.js";

const SIDES = ["a", "b"];
const WEIGHTS = ["ann", "collab", "trending", "popularity", "vote", "novelty"];
const LENGTH = 20;
const AS_CONFIGURED = -0.1; // one step below none

/** The view; the address has all that is asked, so that it survives a reload and can be passed on. */
export async function view({ query }) {
  /** @type {Schemas["StrategyList"]} */
  const { strategies } = await get("/admin/strategies");
  const controls = boxes(strategies);
  const weights = WEIGHTS.map(weight);
  const status = h("p.quiet", { role: "status" });
  const columns = h("div.columns");
  const why = h("section");
  const form = h("form.panel.wide", { onsubmit: submit },
    h("div.panels", Object.entries(controls).map(([name, node]) => field(t(`play.${name}`), node))),
    h("details.filters", h("summary", t("play.weights")), h("p.quiet", t("play.weights_hint")), h("div.panels", weights.map((one) => one.node))),
    h("button.primary", { type: "submit" }, t("play.run")));
  let turn = 0;

  function submit(event) {
    event.preventDefault();
    const next = new URLSearchParams();
    for (const [name, node] of Object.entries(controls)) if (node.value.trim()) next.set(name, node.value.trim());
    for (const one of weights) if (one.value() !== null) next.set(one.name, one.value());
    if (`#/playground?${next}` === location.hash) update({ query: next });
    else location.hash = `#/playground?${next}`;
  }

  /** The parameters of a side; the weights are tried on B alone. */
  function asked(query, side) {
    const own = {
      user_id: query.get("user") || who.household, profile: query.get("profile"), query: query.get("words"),
      country: country(), strategy: query.get(side), limit: LENGTH,
    };
    const tried = side === "b" ? Object.fromEntries(WEIGHTS.map((name) => [`mixer_${name}_weight`, query.get(`weight.${name}`)])) : {};
    return Object.fromEntries(Object.entries({ ...own, ...tried }).filter(([, value]) => value !== null && value !== ""));
  }

  async function update({ query }) {
    const mine = ++turn;
    for (const [name, node] of Object.entries(controls)) node.value = query.get(name) || node.dataset.usual || "";
    for (const one of weights) one.fill(query);
    if (![...query].length) {
      status.textContent = t("play.begin");
      columns.replaceChildren();
      return why.replaceChildren();
    }
    status.textContent = t("loading");
    const questions = SIDES.map((side) => asked(query, side));
    try {
      /** @type {Schemas["RecommendPage"][]} */
      const pages = await Promise.all(questions.map((one) => get("/recommend", { ...one, debug: true })));
      if (mine !== turn) return;
      status.textContent = t("play.shared", { count: shared(pages[0], pages[1]), of: LENGTH });
      const tints = tintsOf(pages);
      columns.replaceChildren(legend(tints), ...pages.map((page, index) => column(SIDES[index], page, pages[1 - index], questions[index], tints)));
      why.replaceChildren(h("h2", t("play.why")), picker(t("play.why_title"), (item) => explain(item, body(questions[1])), { hint: t("play.why_hint") }));
    } catch (error) {
      if (mine !== turn) return;
      columns.replaceChildren();
      status.textContent = unread(error);
    }
  }

  await update({ query });
  return { title: t("place.playground"), node: [h("h1", t("place.playground")), form, status, columns, why], update };
}

/** The parameters as a body has them, where numbers are numbers. */
const body = (asked) => Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, name.endsWith("_weight") ? Number(value) : value]));

function boxes(strategies) {
  const choice = () => {
    const node = h("select", { "data-usual": "default" }, h("option", { value: "default" }, t("play.champion")),
      strategies.map((one) => h("option", { value: one.name }, one.name)));
    return node;
  };
  return {
    user: h("input", { autocomplete: "off", maxlength: 200, "data-usual": who.household }),
    profile: h("input", { autocomplete: "off", maxlength: 200 }),
    words: h("input", { type: "search", autocomplete: "off", maxlength: 500 }),
    a: choice(), b: choice(),
  };
}

function weight(name) {
  const output = h("output");
  const input = h("input", { type: "range", min: AS_CONFIGURED, max: 2, step: 0.1, id: newId("weight") });
  const value = () => (Number(input.value) < 0 ? null : input.value);
  const tell = () => {
    const text = value() === null ? t("play.as_configured") : number(Number(input.value));
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  input.addEventListener("input", tell);
  const fill = (query) => {
    input.value = query.get(`weight.${name}`) ?? AS_CONFIGURED;
    tell();
  };
  return { name: `weight.${name}`, value, fill, node: h("div.field.slider", h("label", { for: input.id }, t(`signal.${name}`)), output, input) };
}

const shared = (one, other) => one.items.filter((item) => other.items.some((its) => its.id === item.id)).length;

/** A colour for each signal that a score of either list has, the largest in all first. */
function tintsOf(pages) {
  const totals = new Map();
  for (const item of pages.flatMap((page) => page.items)) {
    for (const [name, share] of Object.entries(item.debug.contributions)) totals.set(name, (totals.get(name) || 0) + share);
  }
  return new Map([...totals].sort(([, one], [, other]) => other - one).map(([name], index) => [name, index]));
}

const signalName = (name) => (has(`signal.${name}`) ? t(`signal.${name}`) : name);

const legend = (tints) => h("ul.legend", { "aria-label": t("contributions") }, [...tints].map(([name, tint]) =>
  h("li", h("span.swatch", { "aria-hidden": "true", "--tint": tint }), signalName(name))));

/** @param {string} side @param {Schemas["RecommendPage"]} page @param {Schemas["RecommendPage"]} other */
function column(side, page, other, asked, tints) {
  const name = page.strategy?.name || asked.strategy || "";
  return h("section.column", h("h2", t("play.side", { side: side.toUpperCase(), name })),
    page.degraded?.length ? h("p.problem", t("play.degraded", { parts: page.degraded.join(", ") })) : null,
    h("ol.ranks", page.items.map((item, index) => entry(item, index, other, asked, tints))),
    waterfall(page.trace || []));
}

/** @param {Schemas["RecommendedItem"]} item @param {number} index @param {Schemas["RecommendPage"]} other */
function entry(item, index, other, asked, tints) {
  const there = other.items.findIndex((one) => one.id === item.id);
  const drawn = item.debug.propensity < 1 ? t("play.drawn") : null;
  const moved = there < 0 ? t("play.only_here") : there === index ? "=" : t(there > index ? "play.higher" : "play.lower", { count: Math.abs(there - index) });
  return h("li", h("span.rank", number(index + 1)),
    h("button.plainly.name", { type: "button", "aria-haspopup": "dialog", onclick: () => explain(item, body(asked)) }, item.title, h("span.year", ` ${item.release_year ?? ""}`)),
    h("span.quiet", [number(Math.round(item.score * 1000) / 1000), drawn, moved].filter(Boolean).join(" · ")), contributions(item.debug.contributions, tints));
}

/** The score's parts, one after the other in a bar, largest first; in words for who does not see it. */
function contributions(parts, tints) {
  const all = Object.entries(parts).filter(([, share]) => share > 0.005).sort(([, one], [, other]) => other - one);
  const words = all.map(([name, share]) => `${signalName(name)} ${percent(share)}`).join(", ");
  return h("span.stack", { title: words }, h("span.sr", words),
    all.map(([name, share]) => h("span.part", { "aria-hidden": "true", "--share": share, "--tint": tints.get(name) })));
}

function waterfall(trace) {
  const whole = trace.reduce((sum, span) => sum + span.ms, 0) || 1;
  let begun = 0;
  const rows = trace.map((span) => {
    const at = begun;
    begun += span.ms;
    const { stage, component, ms, ...facts } = span;
    const said = Object.entries(facts).filter(([, value]) => typeof value !== "object").map(([name, value]) => `${name} ${value}`).join(", ");
    return h("tr", h("th", { scope: "row" }, component, h("span.quiet", ` ${stage}`)),
      h("td.number", number(Math.round(ms * 10) / 10)),
      h("td.flow", h("span.span", { "aria-hidden": "true", "--at": `${(at / whole) * 100}%`, "--long": `${(ms / whole) * 100}%` })),
      h("td.quiet", said));
  });
  const label = t("play.trace", { ms: Math.round(whole * 10) / 10 });
  return h("details.filters", h("summary", label),
    h("div.scrolls", { tabindex: "0", role: "region", "aria-label": label },
      h("table", h("thead", h("tr", ["component", "ms", "when", "facts"].map((one) => h("th", { scope: "col" }, t(`trace.${one}`))))), h("tbody", rows))));
}
