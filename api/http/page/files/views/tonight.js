// Tonight: one title to watch now and two of another kind, by who watches, how long and what mood.

import { country, get, viewer, who } from "../api.js";
import { poster } from "../art.js";
import { card, explain, factsOf, why } from "../card.js";
import { h } from "../dom.js";
import { countryName, minutes, t, whyEmpty } from "../i18n.js";
import { empty } from "../lists.js";
import { marks, pressByKey, toggle } from "../marks.js";
import { companions } from "../together.js";
import { unread } from "../notices.js";

const LENGTHS = ["", "60", "100", "130"];
const INCLUDED = ["subscription", "free", "ads"];

/** The view; it takes other answers to its questions without being made anew. */
export async function view({ query }) {
  const status = h("p.quiet", { role: "status" });
  const evening = h("div");
  const along = companions((members) => go({ members }));
  const lengths = h("div.segments", { role: "group", "aria-label": t("how_long") }, LENGTHS.map((one) =>
    h("button.segment", { type: "button", "data-minutes": one, onclick: () => go({ minutes: one }) }, one ? minutes(Number(one)) : t("any"))));
  const mood = h("input", { type: "search", name: "mood", maxlength: 500, autocomplete: "off", enterkeyhint: "search", placeholder: t("mood_placeholder"), "aria-label": t("mood") });
  const say = (event) => {
    event.preventDefault();
    go({ q: mood.value.trim() });
  };
  const questions = h("details.filters.asked", { open: matchMedia("(min-width: 48rem)").matches }, h("summary", t("questions")),
    h("div.questions", along.node,
      h("fieldset", h("legend", t("how_long")), lengths),
      h("fieldset", h("legend", t("mood")), h("form.asking", { role: "search", onsubmit: say }, mood, h("button.secondary", { type: "submit" }, t("choose"))))));
  let asked = new URLSearchParams();
  let turn = 0;
  let names; // of services, to be said beside the button

  function go(changes) {
    const next = new URLSearchParams(asked);
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    for (const [name, value] of [...next]) if (!value) next.delete(name);
    location.hash = `#/tonight?${next}`;
  }

  async function update(place) {
    const mine = ++turn;
    asked = place.query;
    mood.value = asked.get("q") || "";
    along.fill(asked.get("members"));
    for (const one of /** @type {Iterable<HTMLElement>} */ (lengths.children)) one.setAttribute("aria-pressed", String(one.dataset.minutes === (asked.get("minutes") || "")));
    if (place.isKept) return;
    names ||= get("/services", { country: country() }).then((found) => new Map(found.services.map((one) => [one.service, one.name])), () => new Map());
    evening.setAttribute("aria-busy", "true");
    const services = asked.get("all") ? [] : who.settings?.services || [];
    try {
      const page = await get("/tonight", {
        ...viewer(), country: country(), services: services.join(","),
        minutes: asked.get("minutes"), members: asked.get("members"), query: asked.get("q"),
      });
      const called = await names;
      if (mine !== turn) return;
      status.textContent = "";
      evening.replaceChildren(...(page.items.length ? titles(page.items, called) : [nothing(page, services)]));
    } catch (error) {
      if (mine !== turn) return;
      status.textContent = unread(error);
      evening.replaceChildren();
    }
    evening.removeAttribute("aria-busy");
  }

  function titles([first, ...rest], called) {
    const again = async () => {
      if (!evening.isConnected) return;
      await update({ query: asked });
      /** @type {HTMLElement | null} */ (evening.querySelector("h2 a"))?.focus({ preventScroll: true });
    };
    const snooze = () => {
      evening.setAttribute("aria-busy", "true");
      toggle(first, "snoozed", again).finally(() => evening.removeAttribute("aria-busy"));
    };
    const large = h("article.tonight", h("a.picture", { href: `#/title/${first.id}`, tabindex: "-1", "aria-hidden": "true" }, poster(first, { eager: true })),
      h("div.about",
        h("h2", h("a", { href: `#/title/${first.id}` }, first.title)),
        h("p.facts", factsOf(first)),
        h("button.why", { type: "button", "aria-haspopup": "dialog", onclick: () => explain(first, {}) }, h("span.sr", t("why_of", { title: first.title }), " "), why(first)),
        first.overview ? h("p.overview", first.overview) : null,
        h("div.row", watchNow(first, called), h("button.secondary", { type: "button", onclick: snooze }, t("not_now"))),
        marks(first)));
    pressByKey(large, first);
    return [large, rest.length ? h("section", h("h2", t("or_else")), h("ul.cards.few", rest.map((item) => card(item)))) : null].filter(Boolean);
  }

  function nothing(page, services) {
    const wider = new URLSearchParams(asked);
    wider.set("all", "1");
    const isElsewhere = page.empty_code === "not_offered" && !who.session.is_bound;
    const why = page.empty_code === "not_offered" && !services.length ? t("tonight_nowhere", { country: countryName(country()) })
      : whyEmpty(page, t("tonight_empty"), country());
    return empty(why, h("div.row",
      services.length ? h("a.primary", { href: `#/tonight?${wider}` }, t("any_service")) : null,
      isElsewhere ? h("a", { class: services.length ? "secondary" : "primary", href: "#/profiles/country" }, t("settings")) : null,
      services.length || isElsewhere ? null : h("a.primary", { href: "#/ask" }, t("place.ask"))));
  }

  await update({ query });
  return { title: t("place.tonight"), node: [h("h1", t("tonight_title")), questions, status, evening], update, parts: [status, evening] };
}

/** Where it can be watched for no more than is paid already: the household's own service first. */
function watchNow(item, called) {
  const mine = who.settings?.services || [];
  const offers = item.watch_options.filter((one) => INCLUDED.includes(one.offer_type) && one.url);
  const offer = offers.find((one) => mine.includes(one.service)) || offers[0];
  if (!offer) return null;
  const known = Object.entries({ service: offer.service, country: country(), ...viewer() }).filter(([, value]) => value !== null);
  return h("a.primary", { href: `/watch-link/${item.id}?${new URLSearchParams(Object.fromEntries(known))}`, target: "_blank", rel: "noreferrer" },
    t("watch_on", { service: called.get(offer.service) || offer.service }));
}
