// The form of a household's country and services, for the first visit and the profile in use.

import { call, country, household, inPath, who } from "./api.js";
import { countries, guessed } from "./countries.js";
import { field, h } from "./dom.js";
import { t } from "./i18n.js";

/** The controls, and `save`, which writes them to the profile in use. */
export function homeFields() {
  const options = countries().map(([code, name]) => h("option", { value: code }, name));
  const where = h("select", { name: "country", autocomplete: "country" }, options);
  where.value = who.settings?.country || guessed() || country();
  const services = h("input", { name: "services", autocomplete: "off", maxlength: 500, placeholder: "Netflix, Disney Plus" });
  services.value = (who.settings?.services || []).join(", ");
  const save = () => {
    const names = services.value.split(",").map((one) => one.trim()).filter(Boolean);
    const body = { country: where.value, services: names };
    return call("PUT", household(`/profiles/${inPath(who.profile)}`), { body });
  };
  return { node: [field(t("country"), where), field(t("services"), services, t("services_hint"))], save };
}

/** A form that says what went wrong beside its button. */
export function form(fields, label, submit) {
  const problem = h("p.problem", { role: "alert" });
  const button = h("button.primary", { type: "submit" }, label);
  const sent = async (event) => {
    event.preventDefault();
    problem.textContent = "";
    button.disabled = true;
    try {
      await submit();
    } catch (error) {
      problem.textContent = t("failed", { detail: error.message });
    } finally {
      button.disabled = false;
    }
  };
  return h("form.panel", { onsubmit: sent }, fields, problem, button);
}

/** The page is made anew: another viewer, or other settings. */
export const beginAgain = () => document.dispatchEvent(new Event("begin"));
