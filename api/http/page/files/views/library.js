// Library: what the household owns. Owned is never watched; it is asked for with "only what we own".

import { call, country, get, household, Problem, viewer, who } from "../api.js";
import { card } from "../card.js";
import { picker } from "../choosing.js";
import { h } from "../dom.js";
import { day, t } from "../i18n.js";
import { empty } from "../lists.js";
import { failed, toast } from "../notices.js";

/** The view. */
export async function view() {
  const list = h("ul.cards");
  const more = h("button.more", { type: "button", onclick: () => next().catch(failed) }, t("more"));
  const nothing = empty(t("library_empty"));
  let cursor;

  async function next() {
    const page = await get(household("/library"), { profile: who.profile, limit: 24, cursor });
    list.append(...(await Promise.all(page.items.map(entry))));
    cursor = page.next_cursor;
    more.hidden = !cursor;
    nothing.hidden = list.children.length > 0;
  }

  async function anew() {
    cursor = undefined;
    list.replaceChildren();
    await next();
  }

  async function change(method, item, said) {
    try {
      await call(method, household("/library"), { body: { items: [item.id] } });
      await anew();
      toast(t(said, { title: item.title }));
    } catch (error) {
      failed(error);
    }
  }

  /** The entry with its picture, which the list itself does not have. */
  async function entry(one) {
    const item = await get(`/items/${one.item_id}`, { ...viewer(), country: country() }).catch((error) => {
      if (error instanceof Problem) return { id: one.item_id, title: one.title };
      throw error;
    });
    const made = card(item, { note: t("added_on", { day: day(one.added_at) }) });
    if (!who.session.is_bound) {
      made.append(h("button.secondary.give-up", { type: "button", "aria-label": t("not_owned_of", { title: item.title }), onclick: () => change("DELETE", item, "not_owned_any_more") }, t("not_owned")));
    }
    return made;
  }

  await next();
  return {
    title: t("place.library"),
    node: [h("h1", t("place.library")), h("p.quiet", t("library_lead")),
      who.session.is_bound ? null : picker(t("library_add"), (item) => change("PUT", item, "owned_now"), { hint: t("library_hint") }),
      h("p", h("a", { href: "#/ask?library=only" }, t("ask_of_library"))), nothing, list, more].filter(Boolean),
  };
}
