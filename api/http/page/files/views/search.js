// Search: titles and people by name, as one types.

import { get, viewer } from "../api.js";
import { h } from "../dom.js";
import { t } from "../i18n.js";
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

  function answer(found) {
    status.textContent = t("found", { count: found.items.length });
    const people = found.people.map((person) =>
      h("li", h("a.example", { href: `#/person/${person.id}` }, person.name)));
    results.replaceChildren(
      people.length ? h("section.people-row", h("h2", t("people")), h("ul.examples", people)) : "",
      found.items.length ? cards(found.items) : empty(t("search_empty"), h("a.primary", { href: "#/ask" }, t("place.ask"))));
  }

  async function update(place) {
    if (input.value !== (place.query.get("q") || "")) input.value = place.query.get("q") || "";
    if (place.isKept) turn += 1;
    else await find();
  }

  await update({ query });
  return { title: t("place.search"), node: [h("h1", t("place.search")), h("div.asking", input), status, results], update, parts: [status, results] };
}
