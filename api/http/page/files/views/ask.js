// Ask: a wish in words, what was understood of it, and filters that need no words.

import { country, get, hasLimits, viewer, who } from "../api.js";
import { h } from "../dom.js";
import { t, whyEmpty } from "../i18n.js";
import { chips } from "../chips.js";
import { filters } from "../filters.js";
import { empty, pagedList } from "../lists.js";
import { unread } from "../notices.js";

const PARAMETERS = ["media_type", "genres", "exclude_genres", "year_min", "year_max", "runtime_max", "max_age", "people", "languages", "watchlist", "library", "services"];
// What a profile with limits may ask for finds something within any limit.
const EXAMPLES = { free: ["ask_example.1", "ask_example.2", "ask_example.3"], limited: ["ask_limited.1", "ask_limited.2", "ask_limited.3"] };

/** The view; it takes a new question without being made anew, so that the focus stays. */
export async function view({ query }) {
  const words = h("input", { type: "search", name: "words", maxlength: 500, autocomplete: "off", enterkeyhint: "search", placeholder: t(hasLimits() ? "ask_limited.placeholder" : "ask_placeholder"), "aria-label": t("ask_label") });
  const understood = h("div");
  const status = h("p.quiet", { role: "status", tabindex: "-1" });
  const results = h("div");
  const side = filters(go);
  const form = h("form.asking", { role: "search", onsubmit: submit }, words, h("button.primary", { type: "submit" }, t("place.ask")));
  let asked = new URLSearchParams();
  let turn = 0;

  function submit(event) {
    event.preventDefault();
    go({ q: words.value.trim() });
  }

  /** Goes to the address of the question with these changes; "" takes a part out. */
  function go(changes) {
    const next = new URLSearchParams(asked);
    next.set("q", words.value.trim());
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    for (const [name, value] of [...next]) if (!value) next.delete(name);
    location.hash = `#/ask?${next}`;
  }

  async function update(place) {
    const mine = ++turn;
    asked = place.query;
    words.value = asked.get("q") || "";
    side.fill(asked);
    if (place.isKept) return;
    if (![...asked].length) return beginning();
    const parameters = Object.fromEntries(PARAMETERS.filter((name) => asked.get(name)).map((name) => [name, asked.get(name)]));
    if (parameters.services === "mine") parameters.services = (who.settings?.services || []).join(",");
    if (asked.get("q")) parameters.query = asked.get("q");
    status.textContent = t("loading");
    try {
      const page = await get("/recommend", { ...viewer(), limit: 24, country: country(), ...parameters });
      if (mine === turn) answer(page, { country: country(), ...parameters });
    } catch (error) {
      if (mine !== turn) return;
      status.textContent = unread(error);
      understood.replaceChildren();
      results.replaceChildren();
    }
  }

  function answer(page, parameters) {
    const remove = (chip) => {
      status.focus({ preventScroll: true });
      go(chip);
    };
    understood.replaceChildren(...chips(page, words.value, remove));
    status.textContent = !page.items.length ? (page.empty_code === "catalogue" ? "" : t("found_none"))
      : isGuess(page, words.value) ? t(page.interpreted?.length ? "found_guess" : "found_unbound")
      : t(page.next_cursor ? "found_more" : "found", { count: page.items.length });
    results.replaceChildren(page.items.length
      ? pagedList(page, parameters)
      : empty(whyEmpty(page, t("ask_empty"), parameters.country)));
  }

  function beginning() {
    status.textContent = "";
    understood.replaceChildren();
    results.replaceChildren(h("div.empty", h("p", t("ask_begin")),
      h("ul.examples", EXAMPLES[hasLimits() ? "limited" : "free"].map((key) => h("li", h("a.example", { href: `#/ask?${new URLSearchParams({ q: t(key) })}` }, t(key)))))));
  }

  await update({ query });
  return {
    title: t("place.ask"),
    node: [h("h1", t("ask_title")), form, understood, h("div.with-side", side.node, h("div.results", status, results))],
    update, parts: [understood, status, results],
  };
}

/** Whether nothing of the words bounds the list, so that it is no answer to them. */
const isGuess = ({ interpreted }, words) => words && (interpreted || []).every((part) => part.status === "not_understood");
