// Search: titles and people by name, as one types.

import { get, viewer } from "../api.js";
import { h } from "../dom.js";
import { language, t } from "../i18n.js";
import { cards } from "../card.js";
import { empty } from "../lists.js";
import { unread } from "../notices.js";

const PAUSE_MS = 150;

/** The view; it takes a new name without being made anew, so that typing goes on. */
export async function view({ query }) {
  const input = h("input", { type: "search", maxlength: 200, autocomplete: "off", autofocus: true, placeholder: t("search_placeholder"), "aria-label": t("search_label"), oninput: typed });
  const status = h("p.quiet", { role: "status" });
  const results = h("div");
  let timer;
  let turn = 0;

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      history.replaceState(history.state, "", `#/search?${new URLSearchParams({ q: input.value })}`);
      find();
    }, PAUSE_MS);
  }

  async function find() {
    const mine = ++turn;
    const q = input.value.trim();
    if (!q) {
      status.textContent = "";
      return results.replaceChildren(empty(t("search_begin")));
    }
    try {
      const found = await get("/search", { ...viewer(), q, limit: 24 });
      if (mine === turn) answer(found);
    } catch (error) {
      if (mine === turn) status.textContent = unread(error);
    }
  }

  /** @param {Schemas["SearchPage"]} found */
  function answer({ items, people, companies, guessed = [] }) {
    const named = (kind, all) => (guessed.includes(kind) ? [] : all);
    const [titles, persons] = [named("items", items), named("people", people)];
    // Of those there are many, which few look for: where a title is called so, it is meant.
    const studios = titles.length ? [] : companies;
    const counts = [persons.length && t("found_people", { count: persons.length }), titles.length && t("found", { count: titles.length })].filter(Boolean);
    const isFound = titles.length + persons.length + studios.length > 0;
    status.textContent = isFound ? new Intl.ListFormat(language).format(counts) : t("search_empty");
    const toPerson = (person) => `#/person/${person.id}`;
    results.replaceChildren(...[
      row("people", persons, toPerson),
      row("companies", studios, (company) => toAsk(company.name)),
      isFound ? null : h("p", h("a.primary", { href: toAsk(input.value.trim()) }, t("place.ask"))),
      guessed.length ? h("h2", t("did_you_mean")) : null,
      items.length ? cards(items) : null,
      persons.length ? null : row("people", people, toPerson), // more people are nearly called so than titles
    ].filter(Boolean));
  }

  async function update(place) {
    if (input.value !== (place.query.get("q") || "")) input.value = place.query.get("q") || "";
    if (place.isKept) turn += 1;
    else await find();
  }

  await update({ query });
  return { title: t("place.search"), node: [h("h1", t("place.search")), h("div.asking", input), status, results], update, parts: [status, results] };
}

const toAsk = (q) => `#/ask?${new URLSearchParams({ q })}`;

/** Names of one kind as links, below what they are. */
function row(kind, all, to) {
  const names = all.map((one) => h("li", h("a.example", { href: to(one) }, one.name)));
  return names.length ? h("section.people-row", h("h2", t(kind)), h("ul.examples", names)) : null;
}
