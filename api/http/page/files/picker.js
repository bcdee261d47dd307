// A title chosen by its name: a box, and what the names as typed so far belong to.

import { get, viewer } from "./api.js";
import { field, h } from "./dom.js";
import { t } from "./i18n.js";
import { failed } from "./notices.js";

const PAUSE_MS = 150;

/** The box; `pick` gets the title that was pressed, `words` what was typed where words are welcome. */
export function picker(label, pick, { words = null, hint = null } = {}) {
  const input = h("input", { type: "search", maxlength: 200, autocomplete: "off", oninput: typed });
  const found = h("ul.picker-found", { "aria-label": label });
  let timer;
  let turn = 0;

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE_MS);
  }

  async function find() {
    const mine = ++turn;
    const q = input.value.trim();
    if (!q) return found.replaceChildren();
    try {
      const page = await get("/search", { ...viewer(), q, limit: 6 });
      if (mine !== turn) return;
      found.replaceChildren(...page.items.map((item) =>
        choice([item.title, item.release_year ? h("span.year", ` ${item.release_year}`) : null], () => pick(item))));
      if (words) found.append(choice(t("as_words", { words: q }), () => words(q)));
    } catch (error) {
      failed(error);
    }
  }

  function choice(text, act) {
    const press = () => {
      turn += 1;
      input.value = "";
      found.replaceChildren();
      input.focus();
      act();
    };
    return h("li", h("button.example", { type: "button", onclick: press }, text));
  }

  return h("div.picker", field(label, input, hint), found);
}
