// Sign in: by a key, or by the code that another device shows.

import { call, who } from "../api.js";
import { field, h } from "../dom.js";
import { t } from "../i18n.js";
import { beginAgain, form } from "../home.js";

/** The view. */
export function view() {
  const key = h("input", { type: "password", name: "key", autocomplete: "current-password", autofocus: true, required: true });
  const code = h("input", { name: "code", autocomplete: "one-time-code", autocapitalize: "characters", pattern: "[A-Za-z0-9]{4}-?[A-Za-z0-9]{4}", required: true });
  const begin = async (options) => {
    await call("POST", "/session", options);
    history.replaceState(null, "", "#/foryou");
    beginAgain();
  };
  return {
    title: t("sign_in"),
    node: h("div.narrow", h("h1", t("sign_in")), h("p.lead", t("sign_in_lead")),
      form(field(t("key"), key, t("key_hint")), t("sign_in"), () => begin({ headers: { Authorization: `Bearer ${key.value.trim()}` } })),
      h("h2", t("code_title")),
      form(field(t("code"), code, t("code_hint")), t("sign_in"), () => begin({ body: { code: code.value.trim() } }), who.refusal)),
  };
}
