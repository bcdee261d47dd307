// One person: their titles, with what they did in each.

import { get, viewer } from "../api.js";
import { card } from "../card.js";
import { h } from "../dom.js";
import { number, t } from "../i18n.js";
import { asker } from "../predict.js";

/** The view of #/person/ID. */
export async function view({ rest: [id] }) {
  /** @type {Schemas["PersonRecord"]} */
  const person = await get(`/people/${encodeURIComponent(id)}`, { ...viewer(), limit: 100 });
  const list = person.titles.map((title, index) => card(title, { eager: index < 4, note: parts(title) }));
  return {
    title: person.name,
    node: [h("h1", person.name),
      person.aliases.length ? h("p.quiet", t("also_known_as", { names: person.aliases.slice(0, 5).join(", ") })) : null,
      h("p.quiet", t("titles_here", { count: person.titles.length })),
      h("div.bar-of-choices", h("a.secondary", { href: `#/ask?${new URLSearchParams({ people: String(person.id) })}` }, t("ask_with_person")),
        list.length ? asker(person.titles.map((one) => one.id), (id) => list.find((one) => one.dataset.card === String(id))?.querySelector(".why")) : null),
      list.length ? h("ul.cards", list) : null].filter(Boolean),
  };
}

/** @param {Schemas["TitleOfPerson"]} title */
function parts(title) {
  const said = title.parts.map((part) =>
    part.role === "cast" && part.character ? t("as_character", { name: part.character }) : t(`role.${part.role}`));
  const score = title.vote_average ? t("average", { average: number(Math.round(title.vote_average * 10) / 10) }) : null;
  return [said.join(", "), score].filter(Boolean).join(" · ");
}
