// Keys: made and shown once, listed by prefix, revoked everywhere at once.

import { call, get } from "../api.js";
import { field, h } from "../dom.js";
import { beginAgain, form } from "../home.js";
import { day, t } from "../i18n.js";
import { region } from "../lists.js";
import { confirmed, failed, sheet, toast } from "../notices.js";

const SCOPES = ["client", "admin"];

/** The view. */
export async function view() {
  const list = h("div");
  const show = async () => {
    const { items } = await get("/admin/keys");
    list.replaceChildren(items.length ? table(items, show) : h("p.quiet", t("no_keys")));
    return items;
  };
  const isFirst = !(await show()).length;
  return {
    title: t("place.keys"),
    node: [h("h1", t("place.keys")), list, h("section", h("h2", t("new_key")), isFirst ? h("p", t("first_key")) : null, maker(show, isFirst))],
  };
}

/** @param {Schemas["KeyOut"][]} keys */
function table(keys, again) {
  const revoke = async (key) => {
    if (!(await confirmed(t("revoke_of", { name: key.label }), t("revoke_say", { name: key.label }), t("revoke")))) return;
    try {
      await call("DELETE", `/admin/keys/${encodeURIComponent(key.prefix)}`);
      toast(t("revoked", { name: key.label }));
      await again();
    } catch (error) {
      failed(error);
    }
  };
  return region(t("place.keys"), ["label", "prefix", "scope", "made", ""], keys.map((key) => [
    key.label, `${key.prefix}…`, t(`scope.${key.scope}`), day(key.created_at),
    key.revoked_at ? t("revoked_on", { day: day(key.revoked_at) })
      : h("button.secondary", { type: "button", "aria-label": t("revoke_of", { name: key.label }), onclick: () => revoke(key) }, t("revoke")),
  ]));
}

function maker(again, isFirst) {
  const label = h("input", { maxlength: 100, required: true, autocomplete: "off" });
  const scope = h("select", SCOPES.map((one) => h("option", { value: one }, t(`scope.${one}`))));
  SCOPES.forEach((one, index) => (scope.options[index].value = one));
  if (isFirst) scope.value = "admin";
  scope.disabled = isFirst;
  return form([field(t("column.label"), label, t("label_hint")), field(t("column.scope"), scope)], t("make_key"), async () => {
    const made = await call("POST", "/admin/keys", { body: { label: label.value.trim(), scope: scope.value } });
    label.value = "";
    // From now on nobody is the operator without a key: this browser goes on with the new one.
    if (made.is_first) await call("POST", "/session", { headers: { Authorization: `Bearer ${made.key}` } });
    shown(made);
    if (made.is_first) beginAgain();
    else await again();
  });
}

/** @param {Schemas["KeyMade"]} made */
function shown(made) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(made.key);
      toast(t("copied"));
    } catch (error) {
      failed(error);
    }
  };
  sheet(t("key_made"), h("p", t("key_once")), h("p.key", made.key),
    navigator.clipboard ? h("button.secondary", { type: "button", onclick: copy }, t("copy")) : null);
}
