// What is chosen by hand for a list: titles by their names, as chips that can go, and a slider that
// says its value.

import { country, get, viewer } from "./api.js";
import { field, h, icon, newId } from "./dom.js";
import { t } from "./i18n.js";
import { failed } from "./notices.js";

const PAUSE_MS = 150;

/** A chip of something chosen; `said` stands before its name. */
export const chosenChip = (name, remove, said = null) =>
  h("li.chip", { "data-status": "preferred" }, said && h("span.quiet", said), h("span", name),
    h("button", { type: "button", "aria-label": t("remove", { what: name }), onclick: remove }, icon("close")));

/** Puts the titles of these ids into `names`, where they are not in it yet. */
export const readNames = (names, ids) =>
  Promise.all(ids.filter((id) => !names.has(id)).map(async (id) => {
    const item = await get(`/items/${encodeURIComponent(id)}`, { ...viewer(), country: country() }).catch(() => null);
    if (item) names.set(id, item.title);
  }));

/** A labelled slider; `say` puts a value in words, `change` takes it when it is let go. */
export function slider(label, { say, off, ...range }, change) {
  const output = h("output");
  const input = h("input", { type: "range", ...range, id: newId("slider") });
  const tell = (value = input.value) => {
    output.textContent = say(value);
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", () => tell());
  input.addEventListener("change", () => change(input.value));
  const fill = (value) => {
    input.value = value || off;
    tell(value || input.value); // as it is asked, also where the slider does not reach
  };
  return { node: h("div.field.slider", h("label", { for: input.id }, label), output, input), fill };
}

/** A box for a title's name; `pick` gets the title that was pressed, `words` what was typed where words are welcome. */
export function picker(label, pick, { words = null, hint = null } = {}) {
  const input = h("input", { type: "search", maxlength: 200, autocomplete: "off", oninput: typed, onkeydown: entered });
  const found = h("ul.picker-found", { "aria-label": label });
  let timer;
  let turn = 0;

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE_MS);
  }

  /** Takes the title that is called so; else the words, or for want of those the first title. */
  async function entered(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    clearTimeout(timer);
    const q = input.value.trim();
    const page = await find();
    if (!page) return;
    const called = page.items.find((item) => item.title.toLowerCase() === q.toLowerCase());
    const first = page.guessed?.length ? null : page.items[0];
    if (called) take(() => pick(called));
    else if (words) take(() => words(q));
    else if (first) take(() => pick(first));
  }

  /** Shows what is called so; the answer, unless something else is typed by then. */
  async function find() {
    const mine = ++turn;
    const q = input.value.trim();
    if (!q) return void found.replaceChildren();
    try {
      const page = await get("/search", { ...viewer(), q, limit: 6 });
      if (mine !== turn) return;
      const all = page.items.map((item) =>
        choice([item.title, item.release_year ? h("span.year", ` ${item.release_year}`) : null], () => pick(item)));
      if (page.guessed?.length) all.unshift(h("li.quiet", t("did_you_mean")));
      found.replaceChildren(...all);
      if (words) found.append(choice(t("as_words", { words: q }), () => words(q)));
      return page;
    } catch (error) {
      failed(error);
    }
  }

  function take(act) {
    turn += 1;
    input.value = "";
    found.replaceChildren();
    input.focus();
    act();
  }

  const choice = (text, act) => h("li", h("button.example", { type: "button", onclick: () => take(act) }, text));

  return h("div.picker", field(label, input, hint), found);
}
