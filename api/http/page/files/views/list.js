// All in one list: the profile's list, the best first, and what narrows it.

import { country, get, viewer, who } from "../api.js";
import { h } from "../dom.js";
import { t, whyEmpty } from "../i18n.js";
import { empty, pagedList } from "../lists.js";

const KINDS = ["any", "movie", "tv"];

/** The list, and what narrows it. */
export async function view({ query }) {
  const kind = KINDS.includes(query.get("kind")) ? query.get("kind") : "any";
  const mine = query.get("mine") === "1";
  const services = who.settings?.services || [];
  const asked = {
    ...(kind === "any" ? {} : { media_type: kind }),
    ...(mine && services.length ? { services: services.join(","), country: country() } : {}),
  };
  const page = await get("/recommend", { ...viewer(), limit: 24, ...asked });
  return {
    title: t("one_list"),
    node: [
      h("h1", t("one_list")),
      h("div.bar-of-choices", choices(kind, mine), services.length ? servicesChoice(kind, mine) : null),
      page.items.length
        ? pagedList(page, asked)
        : empty(whyEmpty(page, t("foryou_empty"), country()), h("a.primary", { href: "#/ask" }, t("place.ask"))),
    ],
  };
}

const address = (kind, mine) => `#/list?${new URLSearchParams({ kind, ...(mine ? { mine: "1" } : {}) })}`;

function choices(kind, mine) {
  return h("div.segments", { role: "group", "aria-label": t("kind") },
    KINDS.map((one) => h("a.segment", { href: address(one, mine), "aria-current": one === kind && "true" }, t(`kind.${one}`))));
}

function servicesChoice(kind, mine) {
  return h("a.segment.alone", { href: address(kind, !mine), "aria-current": mine && "true" }, t("only_my_services"));
}
