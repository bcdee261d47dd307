// My taste: what the history says, beside what is common; and what one says oneself, which counts too.

import { call, get, household, who } from "../api.js";
import { h } from "../dom.js";
import { genreName, languageName, percent, t } from "../i18n.js";
import { empty } from "../lists.js";
import { failed, toast } from "../notices.js";

// What the history is summed up by, and how preferences call each.
const PARTS = { genres: "genre", decades: "decade", languages: "language", kinds: "media_type" };
const MOST = 12;
const STANCES = ["", "prefer", "avoid", "never"];
// Below this, newer titles differ from older by chance.
const SHIFT = 0.1;

/** The view. */
export async function view() {
  const profile = { profile: who.profile };
  const [taste, said] = await Promise.all([get(household("/taste"), profile), get(household("/preferences"), profile)]);
  const opinion = opinions(said.preferences);
  return {
    title: t("place.taste"),
    node: [h("h1", t("place.taste")), ...(taste.liked_titles ? known(taste, opinion) : [nothing()])],
  };
}

function nothing() {
  return empty(t("taste_empty"), h("a.primary", { href: "#/bring" }, t("bring")), " ", h("a.secondary", { href: "#/search" }, t("place.search")));
}

/** @param {Schemas["TasteOut"]} taste */
function known(taste, opinion) {
  const sections = Object.keys(PARTS).filter((name) => taste[name].length).map((name) =>
    h("section", h("h2", t(`taste.${name}`)), h("ul.bars", taste[name].slice(0, MOST).map((part) => row(PARTS[name], part, opinion)))));
  return [h("p", t("taste_of", { count: taste.liked_titles })), h("p.quiet", t("taste_hint")), h("div.shares", ...sections, people(taste))];
}

/** @param {string} kind @param {Schemas["PartOut"]} part */
function row(kind, part, opinion) {
  const name = nameOf(kind, part.value);
  const lately = part.recent_share === null ? 0 : part.recent_share - part.share;
  const shift = Math.abs(lately) < SHIFT ? null : t(lately > 0 ? "more_lately" : "less_lately", { share: percent(part.recent_share) });
  const share = t("share_of", { share: percent(part.share), titles: t("titles", { count: part.titles }), common: percent(part.catalogue_share) });
  return h("li", h("strong", name), opinion.node(kind, part.value, name),
    h("span.bar", { "aria-hidden": "true", "--share": `${Math.round(part.share * 100)}%`, "--common": `${Math.round(part.catalogue_share * 100)}%` }),
    h("span.quiet", share, shift && ` · ${shift}`));
}

function nameOf(kind, value) {
  if (kind === "genre") return genreName(value);
  if (kind === "language") return languageName(value);
  if (kind === "decade") return t("decade", { decade: value.replace(/s$/, "") });
  return kind === "media_type" ? t(`kind.${value}`) : value;
}

/** @param {Schemas["TasteOut"]} taste */
function people(taste) {
  if (!taste.people.length) return null;
  return h("section", h("h2", t("people")), h("ul.examples", taste.people.slice(0, MOST * 2).map((one) =>
    h("li", h("a.example", { href: `#/person/${one.id}` }, one.name, h("span.quiet", `${t("titles", { count: one.titles })}`))))));
}

/** What the viewer says, in boxes that write it. */
/** @param {Schemas["StatedPreference"][]} stated */
function opinions(stated) {
  let all = stated.map(({ kind, value, stance }) => ({ kind, value, stance }));
  let writing = Promise.resolve(); // one after the other: each write is of all that is said
  const isOf = (kind, value) => (one) => one.kind === kind && one.value.toLowerCase() === value.toLowerCase();
  function say(kind, value, stance, name) {
    const others = all.filter((one) => !isOf(kind, value)(one));
    all = stance ? [...others, { kind, value, stance }] : others;
    const preferences = all;
    writing = writing.then(async () => {
      await call("PUT", household("/preferences"), { query: { profile: who.profile }, body: { preferences } });
      toast(t("opinion_kept", { what: name, stance: t(`stance.${stance || "any"}`) }));
    }).catch(failed);
  }
  function node(kind, value, name) {
    const select = h("select", { "aria-label": t("opinion_of", { what: name }), onchange: () => say(kind, value, select.value, name) },
      STANCES.map((stance) => h("option", { value: stance }, t(`stance.${stance || "any"}`))));
    select.options[0].value = "";
    select.value = all.find(isOf(kind, value))?.stance || "";
    return select;
  }
  return { node };
}
