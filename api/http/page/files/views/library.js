// Library: what the household owns. Owned is never watched; it is asked for with "only what we own".

import { call, get, household, who } from "../api.js";
import { card } from "../card.js";
import { picker } from "../choosing.js";
import { h } from "../dom.js";
import { day, t } from "../i18n.js";
import { empty, growing, recordOf } from "../lists.js";
import { failed, toast } from "../notices.js";

/** The view. */
export async function view() {
  const { list, more, next } = growing("ul.cards", (cursor) => get(household("/library"), { profile: who.profile, limit: 24, cursor }), entry);
  const nothing = empty(t("library_empty"));

  async function show(isAnew) {
    await next(isAnew);
    nothing.hidden = list.children.length > 0;
  }

  async function change(method, item, said) {
    try {
      await call(method, household("/library"), { body: { items: [item.id] } });
      await show(true);
      toast(t(said, { title: item.title }));
    } catch (error) {
      failed(error);
    }
  }

  async function entry(one) {
    const item = await recordOf(one);
    const made = card(item, { note: t("added_on", { day: day(one.added_at) }) });
    if (!who.session.is_bound) {
      made.append(h("button.secondary.give-up", { type: "button", "aria-label": t("not_owned_of", { title: item.title }), onclick: () => change("DELETE", item, "not_owned_any_more") }, t("not_owned")));
    }
    return made;
  }

  await show(false);
  return {
    title: t("place.library"),
    node: [h("h1", t("place.library")), h("p.quiet", t("library_lead")),
      who.session.is_bound ? null : picker(t("library_add"), (item) => change("PUT", item, "owned_now"), { hint: t("library_hint") }),
      h("p", h("a", { href: "#/ask?library=only" }, t("ask_of_library"))), nothing, list, more].filter(Boolean),
  };
}
