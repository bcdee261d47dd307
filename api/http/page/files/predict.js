// Will they like it? What the service expects, how sure it is, and what speaks for it and against.

import { get, household, who } from "./api.js";
import { fill, standing } from "./card.js";
import { h } from "./dom.js";
import { has, number, percent, t } from "./i18n.js";
import { sheet, unread } from "./notices.js";

const MOST = 50; // titles of one question

const read = (ids) => get(household("/predictions"), { profile: who.profile, items: ids.join(",") });
const rounded = (rating) => number(Math.round(rating * 10) / 10);

/** The sheet on whether the viewer will like a title, and where it stands in their list. */
export function wouldLike(item) {
  const [expected, place] = [0, 1].map(() => h("div.reasons", h("p.quiet", t("loading"))));
  sheet(t("predict_title", { title: item.title }), expected, h("h3.part-of", t("predict_place")), place);
  return Promise.all([fill(expected, prediction(item)), fill(place, standing(item, {}))]);
}

async function prediction(item) {
  /** @type {Schemas["PredictionsOut"]} */
  const found = await read([item.id]);
  const [one] = found.predictions;
  const rated = one.rated === null ? null : h("p", t("predict_rated", { rating: rounded(one.rated) }));
  if (one.not_enough_data) return [rated, h("p", t(`predict_missing.${one.not_enough_data.missing}`))].filter(Boolean);
  const { low, high } = one.interval;
  const share = percent(one.probability);
  return [
    h("p.verdict", t(`predict.${one.word}`)), rated,
    h("ul.bars", h("li", h("span", t("predict_chance")), h("span.share", share),
      h("span.bar", { "aria-hidden": "true", "--share": `${Math.round(one.probability * 100)}%` }))),
    h("p", t("predict_rating", { rating: rounded(one.rating), low: rounded(low), high: rounded(high) })),
    side("predict_for", one.for, "up"), side("predict_against", one.against, "down"),
    found.support === "few" ? h("p.quiet", t("predict_few", { count: found.opinions })) : null,
  ].filter(Boolean);
}

function side(heading, reasons, way) {
  const said = reasons.map((reason) => sentence(reason, way)).filter(Boolean);
  return said.length ? h("section", h("h3", t(heading)), h("ul", said.map((one) => h("li", one)))) : null;
}

function sentence({ code, evidence }, way) {
  const key = code === "viewer_rates" ? `because.viewer_rates_${way}`
    : code === "rated_alike" && evidence.rating !== undefined ? "because.rated_title" : `because.${code}`;
  return has(key) ? t(key, { ...evidence, count: evidence.ratings }) : null;
}

/**
 * A button that puts a word on each title of a list: how likely it is to be liked.
 * @param {number[]} ids @param {(id: number) => Element | null} placeOf
 */
export function asker(ids, placeOf) {
  const status = h("span.quiet", { role: "status" });
  const button = h("button.secondary", { type: "button", onclick: ask }, t("predict_these"));
  async function ask() {
    button.disabled = true;
    try {
      const found = await read(ids.slice(0, MOST));
      const told = found.predictions.filter((one) => one.word);
      for (const { item, word, probability } of told) {
        placeOf(item.id)?.append(h("strong.likely", t("predict_short", { word: t(`predict_word.${word}`), share: percent(probability) })));
      }
      const [first] = found.predictions;
      status.textContent = told.length || !first ? t("predict_told", { count: told.length })
        : t(`predict_missing.${first.not_enough_data.missing}`);
      button.remove();
    } catch (error) {
      button.disabled = false;
      status.textContent = unread(error);
    }
  }
  return h("p.row", button, status);
}
