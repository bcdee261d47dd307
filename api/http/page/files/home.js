// The form of a household's country and services, for the first visit and the profile in use.

import { call, country, get, guessed, household, inPath, who } from "./api.js";
import { countries } from "./countries.js";
import { field, h } from "./dom.js";
import { countryName, t } from "./i18n.js";
import { saying } from "./notices.js";
import { sent } from "./typed.js";

const MOST_OFFERED = 8;

/**
 * The controls, which show what is in force; `save` writes them to the profile in use, and
 * `chosen` is what they show.
 */
export function homeFields({ autofocus = false } = {}) {
  const options = countries(country()).map(([code, name]) => h("option", { value: code }, name));
  const where = h("select", { name: "country", autocomplete: "country", autofocus, onchange: offer }, options);
  where.value = country();
  const services = h("input", { name: "services", autocomplete: "off", maxlength: 500, oninput: paint, placeholder: "Netflix, Disney Plus" });
  services.value = (who.settings?.services || []).join(", ");
  const known = h("div.chips", { role: "group", "aria-label": t("services") });
  const typed = field(t("services"), services, t("services_hint"));
  const nothing = h("p.quiet", { role: "status" });
  const names = () => services.value.split(",").map((one) => one.trim()).filter(Boolean);

  function press(name) {
    const chosen = names();
    services.value = (chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]).join(", ");
    services.dispatchEvent(new Event("input", { bubbles: true })); // as if it were typed
  }
  function paint() {
    const chosen = names();
    for (const one of known.children) one.setAttribute("aria-pressed", String(chosen.includes(one.textContent)));
  }
  /** What the country has most titles of, to be pressed in place of typed; or that it has nothing. */
  async function offer() {
    const asked = where.value;
    const found = await get("/services", { country: asked }).catch(() => null);
    if (asked !== where.value) return;
    const called = new Map((found?.services || []).map((one) => [one.service, one.name]));
    const written = new Set([...called.values()].map(slug));
    services.value = names().map((one) => called.get(one) || one).filter((one) => !written.has(one)).join(", ");
    known.replaceChildren(...plain([...called.values()]).map((name) =>
      h("button.genre", { type: "button", onclick: () => press(name) }, name)));
    const isBare = Boolean(found) && !called.size;
    nothing.textContent = isBare ? t("no_offers_in", { country: countryName(asked) }) : "";
    known.hidden = isBare;
    typed.hidden = isBare && !services.value; // what was chosen once can be taken out
    paint();
  }
  const chosen = () => ({ country: where.value, services: names() });
  const save = () => call("PUT", household(`/profiles/${inPath(who.profile)}`), { body: chosen() });
  offer();
  const guess = otherCountry(where, offer);
  return { node: [field(t("country"), where), guess, nothing, typed, known], save, chosen };
}

/** What the browser takes for the country, offered where nobody chose one and the service has nothing from there. */
function otherCountry(where, offer) {
  const other = guessed();
  const isOffered = [...where.options].some((one) => one.value === other);
  if (who.settings?.country || !isOffered || other === where.value) return null;
  const name = countryName(other);
  const take = () => {
    where.value = other;
    box.remove();
    where.focus();
    offer();
  };
  const box = h("div.start", h("p", t("country_guess", { country: name })), h("button.secondary", { type: "button", onclick: take }, t("country_take", { country: name })));
  return box;
}

/** A name as the service writes one that has no short form. */
const slug = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** The first names without kinds of others ("Netflix Standard with Ads") and one service within another. */
const plain = (names) =>
  names.filter((name) => !/ Channel$/.test(name) && !names.some((one) => one !== name && name.startsWith(`${one} `))).slice(0, MOST_OFFERED);

/** A form that says what went wrong beside its button, as `error` does already where there is one. */
export function form(fields, label, submit, error = null) {
  const problem = h("p.problem", { role: "alert" }, error && saying(error));
  const button = h("button.primary", { type: "submit" }, label);
  const send = async (event) => {
    event.preventDefault();
    problem.textContent = "";
    button.disabled = true;
    try {
      await submit();
      sent(event.target);
    } catch (error) {
      problem.textContent = saying(error);
    } finally {
      button.disabled = false;
    }
  };
  return h("form.panel", { onsubmit: send }, fields, problem, button);
}

/** The page is made anew: another viewer, or other settings. What is typed into other forms stays. */
export const beginAgain = () => document.dispatchEvent(new Event("begin"));
