// Experiments: strategies, what became of their lists, and what is recommended to one viewer.

import { call, get, household, who } from "../api.js";
import { field, h } from "../dom.js";
import { day, number, percent, t } from "../i18n.js";
import { region } from "../lists.js";
import { confirmed, failed, toast } from "../notices.js";

const DAYS = ["7", "28", "90", "365"];
const RATES = ["clicks", "likes", "completes", "later_hits"];

/** The view. */
export async function view() {
  const days = h("select", DAYS.map((one) => h("option", { value: one }, t("last_days", { count: Number(one) }))));
  DAYS.forEach((one, index) => (days.options[index].value = one));
  days.value = "28";
  const strategies = h("section");
  const found = h("div");
  const record = h("section");
  const show = async () => {
    const [listed, report, own] = await Promise.all([
      get("/admin/strategies"), get("/admin/experiments", { days: days.value }),
      get(household("/track-record"), { profile: who.profile, days: days.value }),
    ]);
    strategies.replaceChildren(h("h2", t("strategies")), configured(listed, show), ...promotions(listed));
    found.replaceChildren(...outcome(report));
    record.replaceChildren(h("h2", t("track_record", { name: who.household })), ...tallies(own));
  };
  days.addEventListener("change", () => show().catch(failed));
  await show();
  return {
    title: t("place.experiments"),
    node: [h("h1", t("place.experiments")), strategies, h("section", h("h2", t("what_became")), h("div.panel", field(t("period"), days)), found), record],
  };
}

/** @param {Schemas["StrategyList"]} listed */
function configured({ strategies }, again) {
  const promote = async (one) => {
    if (!(await confirmed(t("promote_of", { name: one.name }), t("promote_say", { name: one.name }), t("promote")))) return;
    try {
      await call("POST", `/admin/strategies/${encodeURIComponent(one.name)}/promote`);
      toast(t("promoted", { name: one.name }));
      await again();
    } catch (error) {
      failed(error);
    }
  };
  return region(t("strategies"), ["strategy", "serves", "unseen", "about", ""], strategies.map((one) => [
    one.name, one.is_champion ? t("champion") : percent(one.share), percent(one.shadow_share), one.about,
    one.is_champion ? "" : h("button.secondary", { type: "button", "aria-label": t("promote_of", { name: one.name }), onclick: () => promote(one) }, t("promote")),
  ]));
}

/** @param {Schemas["StrategyList"]} listed */
function promotions({ promotions: all }) {
  return all.length ? [h("ul", all.slice(0, 5).map((one) => h("li.quiet", t("promoted_on", { name: one.strategy, by: one.promoted_by, day: day(one.promoted_at) }))))] : [];
}

/** @param {Schemas["ExperimentReport"]} report */
function outcome(report) {
  if (!report.strategies.length) return [h("p.quiet", t("no_lists"))];
  const rows = report.strategies.map((one) => [
    one.name, number(one.lists), number(one.viewers), number(one.impressions), ...RATES.map((name) => share(one[name])),
    one.is_champion ? t("champion") : finding(one.reactions_to_champion), one.is_champion ? "" : finding(one.hits_to_champion),
  ]);
  const heads = ["strategy", "lists", "viewers", "impressions", ...RATES, "reactions", "hits"];
  const least = t("least_data", { viewers: report.least_viewers, impressions: report.least_impressions, lists: report.least_lists });
  return [region(t("what_became"), heads, rows), h("p.quiet", least), ...unseen(report)];
}

/** @param {Schemas["ExperimentReport"]} report */
function unseen({ shadows }) {
  if (!shadows.length) return [];
  const value = (one) => (one === null ? t("nothing_yet") : percent(one));
  return [h("h3", t("ran_unseen")), region(t("ran_unseen"), ["strategy", "beside", "runs", "failures", "overlap", "milliseconds", "hits"], shadows.map((one) => [
    one.name, one.beside, number(one.runs), number(one.failed), value(one.overlap_20), number(Math.round(one.milliseconds)), finding(one.hits_to_served)]))];
}

/** @param {Schemas["RateOut"]} rate */
const share = (rate) => (rate.share === null ? t("nothing_yet") : t("rate", { share: percent(rate.share), hits: rate.hits, trials: rate.trials }));

/** @param {Schemas["DifferenceOut"] | null} found */
function finding(found) {
  if (!found) return t("finding.not_enough_data");
  const said = t(`finding.${found.finding.replaceAll(" ", "_")}`);
  const points = (value) => number(Math.round(value * 1000) / 10);
  return found.value === null ? said : t("finding_by", { said, value: points(found.value), low: points(found.low), high: points(found.high) });
}

/** @param {Schemas["TrackRecordOut"]} own */
function tallies(own) {
  if (!own.lists) return [h("p.quiet", t("no_lists"))];
  const row = ([name, one]) => [name, number(one.recommended), number(one.shown), number(one.hits),
    one.hit_rate === null ? t("finding.not_enough_data") : percent(one.hit_rate)];
  const rows = [[t("in_all"), own.total], ...Object.entries(own.by_strategy), ...Object.entries(own.by_source)].map(row);
  return [region(t("track_record", { name: who.household }), ["proposed_by", "recommended", "shown", "taken_up", "hit_rate"], rows),
    h("p.quiet", t("fewest", { count: own.fewest }))];
}
