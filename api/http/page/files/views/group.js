// Together: one list for several profiles of the household, with what each title is to each of them.

import { call, country, viewer, who } from "../api.js";
import { face } from "../art.js";
import { why } from "../card.js";
import { field, h } from "../dom.js";
import { percent, t, whyEmpty } from "../i18n.js";
import { empty, LENGTH, pagedList } from "../lists.js";
import { sheet, unread } from "../notices.js";
import { companions, idOf, nameOf, others, profileOf } from "../together.js";

const WAYS = ["fair", "average", "least_misery"];
// Shares of the best title of one's own list, and how they are said.
const WORDS = [[0.75, "great"], [0.5, "good"], [0.25, "fair"], [0, "little"]];

/** The view; the address holds who is in it and how their wishes are weighed. */
export async function view({ query }) {
  if (who.session.is_bound) return { title: t("place.group"), node: [h("h1", t("group_title")), empty(t("group_bound"), h("a.primary", { href: "#/tonight" }, t("place.tonight")))] };
  if (!others().length) {
    const step = h("a.primary", { href: "#/profiles" }, t("new_profile"));
    return { title: t("place.group"), node: [h("h1", t("group_title")), empty(t("group_alone"), step)] };
  }
  const along = companions((members) => go({ members }));
  const way = h("select", { onchange: () => go({ strategy: way.value }) }, WAYS.map((one) => h("option", { value: one }, t(`group.${one}`))));
  const seen = h("input", { type: "checkbox", onchange: () => go({ seen: seen.checked ? "all" : "" }) });
  const status = h("p.quiet", { role: "status" });
  const results = h("div");
  let asked = new URLSearchParams();
  let turn = 0;

  function go(changes) {
    const next = new URLSearchParams(asked);
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    if (!next.get("seen")) next.delete("seen");
    location.hash = `#/group?${next}`;
  }

  async function update(place) {
    const mine = ++turn;
    asked = new URLSearchParams(place.query);
    if (asked.get("members") === null) asked.set("members", others().slice(0, 7).map(idOf).join(","));
    along.fill(asked.get("members"));
    way.value = WAYS.includes(asked.get("strategy")) ? asked.get("strategy") : WAYS[0];
    seen.checked = asked.get("seen") === "all";
    if (place.isKept) return;
    if (!asked.get("members")) return void results.replaceChildren(empty(t("group_nobody")));
    const members = [viewer(), ...asked.get("members").split(",").map((id) => ({ user_id: who.household, profile: profileOf(id) }))];
    const read = (cursor) => call("POST", "/recommend/group", {
      body: { members, strategy: way.value, seen: seen.checked ? "all" : "any", limit: LENGTH, country: country(), cursor },
    });
    results.setAttribute("aria-busy", "true");
    try {
      const page = await read();
      if (mine !== turn) return;
      status.textContent = "";
      results.replaceChildren(page.items.length
        ? pagedList(page, {}, read, (item) => ({ beside: fits(item), onwhy: () => tell(item) }))
        : empty(whyEmpty(page, t("ask_empty"), country())));
    } catch (error) {
      if (mine !== turn) return;
      status.textContent = unread(error);
      results.replaceChildren();
    }
    results.removeAttribute("aria-busy");
  }

  await update({ query });
  return {
    title: t("place.group"),
    node: [h("h1", t("group_title")), h("p.lead", t("group_lead")),
      h("div.questions", along.node, field(t("group_way"), way), h("label.check", seen, h("span", t("group_seen")))), status, results],
    update, parts: [status, results],
  };
}

const wordOf = (fit) => t(`fit.${fit === null ? "unknown" : fit > 0 ? WORDS.find(([least]) => fit >= least)[1] : "none"}`);
const memberName = (one) => nameOf(who.profiles.find((profile) => profile.profile === one.profile) || one);

/** What a title is to each of them, in a word each. */
const fits = (item) =>
  h("ul.fits", item.members.map((one) => h("li", face(memberName(one), one.profile), h("span", `${memberName(one)}: ${wordOf(one.fit)}`))));

/** The sheet with each one's own reasons. */
function tell(item) {
  sheet(t("why_title", { title: item.title }), h("div.reasons", h("p", why(item)),
    h("ul.bars", item.members.map((one) => h("li", h("strong", memberName(one)), h("span.share", wordOf(one.fit)),
      one.fit === null ? null : h("span.bar", { role: "img", "aria-label": percent(one.fit), "--share": `${Math.round(one.fit * 100)}%` }),
      one.reasons.length ? h("span.quiet", why(one)) : null)))));
}
