// One title: what it is, where to watch it, what one thinks of it, and what is like it.

import { country, get, viewer } from "../api.js";
import { poster } from "../art.js";
import { cards, factsOf } from "../card.js";
import { h } from "../dom.js";
import { countryName, day, languageName, number, t, whyEmpty } from "../i18n.js";
import { pagedList } from "../lists.js";
import { eventsOf, marks, pressByKey, remember } from "../marks.js";
import { failed } from "../notices.js";
import { wouldLike } from "../predict.js";

const BY = ["mix", "story", "audience"];

/** The view of #/title/ID. */
export async function view({ rest: [id] }) {
  /** @type {Schemas["ItemRecord"]} */
  const item = await get(`/items/${encodeURIComponent(id)}`, { ...viewer(), country: country() });
  const [events, rows] = await Promise.all([eventsOf([item.id]), similar(item)]);
  remember(item.id, events);
  const about = h("article.title", h("div.picture", poster(item, { eager: true })),
    h("div.about",
      h("h1", item.title),
      item.original_title && item.original_title !== item.title ? h("p.quiet", { lang: item.original_language }, item.original_title) : null,
      h("p.facts", facts(item)),
      marks(item, { isSpelled: true }),
      events.length ? h("p.quiet", said(events)) : null,
      item.tagline ? h("p.tagline", item.tagline) : null,
      h("p.overview", item.overview || t("no_overview")),
      h("button.secondary", { type: "button", "aria-haspopup": "dialog", onclick: () => wouldLike(item) }, t("why_button")),
      offers(item), people(item)));
  pressByKey(about, item);
  return { title: item.title, node: [about, ...rows] };
}

/** @param {Schemas["ItemRecord"]} item */
function facts(item) {
  const score = item.vote_count ? t("rated", { average: number(Math.round(item.vote_average * 10) / 10), votes: item.vote_count }) : null;
  return factsOf(item, item.original_language && languageName(item.original_language), score);
}

function said(events) {
  const latest = events[0];
  const key = `event.${latest.event_type}`;
  return t("said_on", { what: t(key, { rating: latest.rating }), day: day(latest.watched_at || latest.occurred_at) });
}

/** @param {Schemas["ItemRecord"]} item */
function offers(item) {
  const where = t("where_to_watch", { country: countryName(item.country) });
  if (!item.offers.length) return h("section", h("h2", where), h("p.quiet", t("no_offers")));
  const link = (offer) => `/watch-link/${item.id}?${new URLSearchParams({ service: offer.service, country: item.country, ...known() })}`;
  return h("section", h("h2", where), h("ul.offers", item.offers.map((offer) => h("li",
    offer.url
      ? h("a.offer", { href: link(offer), target: "_blank", rel: "noreferrer" }, offer.name, h("span.quiet", t(`offer.${offer.offer_type}`)))
      : h("span.offer", offer.name, h("span.quiet", t(`offer.${offer.offer_type}`)))))));
}

const known = () => Object.fromEntries(Object.entries(viewer()).filter(([, value]) => value !== null));

/** @param {Schemas["ItemRecord"]} item */
function people(item) {
  const makers = item.crew.filter((one) => ["director", "creator"].includes(one.role));
  const line = (list) => list.map((one, index) => [index ? ", " : "", h("a", { href: `#/person/${one.id}` }, one.name)]);
  return h("section.people",
    makers.length ? h("p", h("strong", t("by")), " ", line(unique(makers))) : null,
    item.cast.length ? h("p", h("strong", t("with")), " ", line(unique(item.cast).slice(0, 8))) : null);
}

const unique = (list) => [...new Map(list.map((one) => [one.id, one])).values()];

/** Titles like it, by one of three measures; for want of any, what TMDB lists beside it. */
async function similar(item) {
  const read = (by, cursor) => get(`/items/${item.id}/similar`, { ...viewer(), by, limit: 12, cursor });
  const place = h("div");
  const tabs = h("div.segments", { role: "group", "aria-label": t("similar_by") },
    BY.map((by) => h("button.segment", { type: "button", "data-by": by, onclick: () => choose(by) }, t(`similar.${by}`))));
  const show = (by, page) => {
    for (const tab of /** @type {Iterable<HTMLElement>} */ (tabs.children)) tab.setAttribute("aria-pressed", String(tab.dataset.by === by));
    place.replaceChildren(page.items.length
      ? pagedList(page, {}, (cursor) => read(by, cursor))
      : h("p.quiet", whyEmpty(page, t("similar_none"), country())));
  };
  async function choose(by) {
    try {
      show(by, await read(by));
    } catch (error) {
      failed(error);
    }
  }
  const first = await read(BY[0]);
  const ways = [["blend", "like", "blend_with"], ["path", "from", "path_from"], ["map", "title", "map_here"]].map(([place, name, text]) =>
    h("a.secondary", { href: `#/${place}?${name}=${item.id}` }, t(text)));
  if (!first.items.length && item.recommended.length) {
    return [h("section", h("h2", t("listed_beside")), cards(item.recommended.slice(0, 12)))];
  }
  show(BY[0], first);
  return [h("section", h("h2", t("similar")), h("div.bar-of-choices", tabs, ways), place)];
}
