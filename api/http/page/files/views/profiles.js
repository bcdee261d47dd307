// Profiles: who watches, how they are set, another device, and the end of the session.

import { more } from "../app.js";
import { call, enter, get, household, inPath, who } from "../api.js";
import { face } from "../art.js";
import { field, h } from "../dom.js";
import { countryName, day, language, LANGUAGES, t } from "../i18n.js";
import { beginAgain, form, homeFields } from "../home.js";
import { confirmed, failed, sheet, toast } from "../notices.js";
import { qrCode } from "../qr.js";

const PIN = { type: "password", inputmode: "numeric", autocomplete: "off", pattern: "[0-9]{4,12}", required: true };

let hasPin = true; // as the service says; without one nobody could leave a child's profile

/** The view; `#/profiles/country` leads to the form of the country. */
export async function view({ rest }) {
  const isBound = who.session.is_bound;
  if (!isBound) hasPin = (await get(household("/pin"))).pin_is_set;
  const home = isBound ? null : homeFields({ autofocus: rest[0] === "country" });
  return {
    title: t("place.profiles"),
    node: [h("h1", t("who_watches")), h("ul.people-list", everyone().map(choice)),
      h("nav.on-phone", { "aria-label": t("more_places") }, h("ul.examples", more().map((name) =>
        h("li", h("a.example", { href: `#/${name}` }, t(`place.${name}`)))))),
      who.session.leaving_takes_pin ? h("button.primary", { type: "button", onclick: leave }, t("leave")) : null,
      h("div.panels",
        isBound ? null : h("section", h("h2", t("new_profile")), newProfile(home)),
        isBound ? null : h("section", h("h2", t("settings")), settings(home)),
        isKeeper() ? h("section", h("h2", t("pin")), pinForm()) : null,
        h("section", h("h2", t("this_browser")), languageChoice(), isBound || who.session.user_id ? null : householdName(), session()))].filter(Boolean),
  };
}

/** The profiles that there are; who watches without a name is among them before anything was said of it. */
function everyone() {
  const nobody = { profile: null, name: null, kind: "adult", max_age: null };
  return who.settings || who.profile !== null ? who.profiles : [nobody, ...who.profiles];
}

/** Whether the one who asks sets limits and the PIN; a user's own token does not. */
const isKeeper = () => !who.session.is_bound && who.session.scope !== "user";
/** Whether the one who asks says which profiles there are. */
const isSettling = () => isKeeper() || (!who.session.is_bound && who.profiles.every((one) => one.kind !== "child"));

const nameOf = (one) => one.name || one.profile || t("me");

function choice(one) {
  const isCurrent = one.profile === who.profile;
  const goIn = async () => {
    await enter(one.profile);
    location.hash = "#/foryou";
    beginAgain();
  };
  const go = () => (one.kind === "child" && !hasPin ? pinFirst(nameOf(one), goIn) : goIn().catch(failed));
  const limit = one.kind === "child" ? t("child_until", { age: one.max_age ?? 12 }) : null;
  return h("li", h("button.person-card", { type: "button", "aria-current": isCurrent && "true", onclick: go },
    face(nameOf(one), one.profile), h("span.name", nameOf(one)), limit && h("span.quiet", limit), isCurrent && h("span.quiet", t("watching_now"))),
    !who.session.is_bound && (isKept(one) || isSettling()) ? h("button.plainly", { type: "button", "aria-label": t("change_profile", { name: nameOf(one) }), onclick: () => change(one) }, t("change")) : null);
}

const isKept = (one) => who.profiles.includes(one);
const pathOf = (one) => household(`/profiles/${inPath(one.profile)}`);

/** Name and limit of a profile, and its end. */
function change(one) {
  const name = h("input", { maxlength: 100, required: true, autocomplete: "off", value: nameOf(one) });
  const hasLimit = isKeeper() && (one.kind === "child" || one.max_age !== null);
  const age = h("input", { type: "number", min: 0, max: 21, required: one.kind === "child", inputmode: "numeric", value: one.max_age ?? "" });
  const remove = isKept(one) && isSettling() ? h("button.secondary", { type: "button", onclick: () => (box.close(), end(one)) }, t("delete_profile")) : null;
  const box = sheet(t("change_profile", { name: nameOf(one) }),
    form([field(t("name"), name), hasLimit ? field(t("max_age"), age, t("max_age_hint")) : null], t("save"), async () => {
      const body = { name: name.value.trim() };
      if (hasLimit) Object.assign(body, { max_age: age.value === "" ? null : Number(age.value) });
      await call("PUT", pathOf(one), { body });
      box.close();
      toast(t(body.max_age == null ? "saved_profile" : "saved_child", { name: body.name, age: body.max_age }));
      beginAgain();
    }), remove);
}

/** Deletes a profile, which is asked once more: nothing of it can be brought back. */
async function end(one) {
  if (!(await confirmed(t("delete_profile"), t("delete_profile_say", { name: nameOf(one) }), t("delete_profile")))) return;
  try {
    await call("DELETE", pathOf(one));
    toast(t("profile_deleted", { name: nameOf(one) }));
    beginAgain();
  } catch (error) {
    failed(error);
  }
}

function pinForm() {
  const pin = h("input", { ...PIN, autocomplete: "new-password" });
  return form([h("p.quiet", t(hasPin ? "pin_is_set" : "pin_is_missing")), field(t("pin_new"), pin, t("pin_hint"))], t(hasPin ? "pin_change" : "pin_make"), async () => {
    await setPin(pin.value);
    toast(t("saved_pin"));
    beginAgain();
  });
}

const setPin = (pin) => call("PUT", household("/pin"), { body: { pin } });

/** Asks for the PIN that leaving the child's profile will take, before it is entered. */
function pinFirst(name, goIn) {
  const pin = h("input", { ...PIN, autocomplete: "new-password", autofocus: true });
  const box = sheet(t("pin_first", { name }), h("p", t("pin_first_say")), form(field(t("new_pin"), pin, t("pin_hint")), t("pin_set"), async () => {
    await setPin(pin.value);
    box.close();
    await goIn();
  }));
}

function leave() {
  const pin = h("input", { ...PIN, autofocus: true });
  const box = sheet(t("leave"), form(field(t("pin"), pin, t("pin_hint")), t("leave"), async () => {
    await call("POST", "/session", { body: { pin: pin.value } });
    localStorage.removeItem("profile");
    box.close();
    beginAgain();
  }));
}

/** `home` shows where this one watches, as the new profile does at first. */
function newProfile(home) {
  const name = h("input", { maxlength: 100, required: true, autocomplete: "off" });
  const child = h("input", { type: "checkbox" });
  const age = h("input", { type: "number", min: 0, max: 21, value: 9, inputmode: "numeric" });
  const pin = h("input", { ...PIN, required: false, autocomplete: "new-password" });
  const limits = h("div", { hidden: true }, field(t("max_age"), age, t("max_age_hint")),
    hasPin ? h("p.quiet", t("has_pin")) : field(t("new_pin"), pin, t("pin_hint")));
  child.addEventListener("change", () => {
    limits.hidden = !child.checked;
    pin.required = child.checked && !hasPin;
  });
  return form([field(t("name"), name), h("label.check", child, h("span", t("is_child"))), limits], t("make_profile"), async () => {
    const body = { name: name.value.trim(), ...home.chosen() };
    if (child.checked) Object.assign(body, { kind: "child", max_age: Number(age.value) });
    if (pin.required) await setPin(pin.value);
    await call("PUT", household(`/profiles/${inPath(idOf(name.value))}`), { body });
    toast(t("profile_made", { name: body.name }));
    beginAgain();
  });
}

/** How requests name the profile: its name, unless another is called so. */
function idOf(name) {
  const taken = new Set(who.profiles.map((one) => one.profile));
  const base = name.trim().toLowerCase().replace(/[^\p{L}\p{N}._-]+/gu, "-") || "profile";
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

function settings(home) {
  return form(home.node, t("save"), async () => {
    await home.save();
    const { country, services } = home.chosen();
    toast(t(services.length ? "saved_home" : "saved_country", { country: countryName(country), services: services.join(", ") }));
    beginAgain();
  });
}

function languageChoice() {
  const node = h("select", Object.entries(LANGUAGES).map(([code, name]) => h("option", { value: code, lang: code }, name)));
  node.value = language;
  node.addEventListener("change", () => {
    localStorage.setItem("language", node.value);
    beginAgain();
  });
  return field(t("language"), node);
}

function householdName() {
  const name = h("input", { maxlength: 200, required: true, autocomplete: "off", value: who.household });
  return form(field(t("household"), name, t("household_hint")), t("other_household"), async () => {
    localStorage.setItem("household", name.value.trim());
    localStorage.removeItem("profile");
    toast(t("saved_household", { household: name.value.trim() }));
    beginAgain();
  });
}

function session() {
  const another = h("button.secondary", { type: "button", onclick: offerCode }, t("another_device"));
  const isSession = who.session.expires_at !== null;
  const until = isSession && h("p.quiet", t("session_until", { day: day(who.session.expires_at) }));
  const out = isSession && !who.session.leaving_takes_pin && h("button.secondary", { type: "button", onclick: signOut }, t("sign_out"));
  const operation = who.session.scope === "admin" && h("a.secondary", { href: "/operator" }, t("place.operator"));
  return h("div.actions", until, another, out, operation);
}

async function offerCode() {
  try {
    const { code } = await call("POST", "/session/code", { body: { user_id: who.household, profile: who.profile } });
    const spelled = `${code.slice(0, 4)}-${code.slice(4)}`;
    const address = `${location.origin}/#code=${code}`;
    const isOwn = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
    sheet(t("another_device"), qrCode(address, t("qr_code")), isOwn && h("p.problem", t("own_address")),
      h("p", t("code_say", { address: location.origin })), h("p.code", spelled),
      h("p", h("a", { href: `/#code=${code}` }, address)));
  } catch (error) {
    failed(error);
  }
}

async function signOut() {
  try {
    await call("DELETE", "/session");
    for (const name of ["profile", "household"]) localStorage.removeItem(name);
    beginAgain();
  } catch (error) {
    failed(error);
  }
}
