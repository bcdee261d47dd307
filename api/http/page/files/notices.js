// What is said beside the views: toasts with undo, the line about being offline, sheets.

import { Unreachable } from "./api.js";
import { h, icon, newId } from "./dom.js";
import { t } from "./i18n.js";
import { waiting } from "./outbox.js";

const SAID_MS = 5_000;
const UNDO_MS = 10_000;
const WENT_ON_PX = 100;
const toasts = h("div.toasts", { role: "status", "aria-live": "polite" });
const line = h("p.offline", { role: "status", hidden: true });
let isReached = true;

/** The elements, to be put on the page once. */
export const notices = () => [line, toasts];

/**
 * Says something for five seconds, or for the ten that it can be undone; longer while it is pointed
 * at or focused, and no longer than until one scrolls on to what it covers.
 */
export function toast(text, undo) {
  const shown = h("div.toast", h("span", text));
  const from = scrollY;
  let timer;
  const end = () => {
    shown.remove();
    for (const name of ["touchmove", "wheel"]) removeEventListener(name, goOn);
  };
  const goOn = () => Math.abs(scrollY - from) > WENT_ON_PX && !shown.matches(":hover, :focus-within") && end();
  for (const name of ["touchmove", "wheel"]) addEventListener(name, goOn, { passive: true });
  const start = () => (timer = setTimeout(end, undo ? UNDO_MS : SAID_MS));
  const hold = () => clearTimeout(timer);
  if (undo) {
    const act = () => {
      end();
      undo();
    };
    shown.append(h("button.plainly", { type: "button", onclick: act }, t("undo")));
  }
  shown.append(h("button.plainly", { type: "button", "aria-label": t("close"), onclick: end }, icon("close")));
  for (const name of ["pointerenter", "focusin"]) shown.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) shown.addEventListener(name, start);
  while (toasts.children.length > 1) toasts.firstChild.remove();
  toasts.append(shown);
  start();
}

/** What went wrong, in words; "unread" is said of what only asks, which changes nothing. */
export const saying = (error, key = "failed") =>
  error instanceof Unreachable ? t("unreached") : t(key, { detail: error.message || String(error) });
/** Why a view has nothing to show; where the service is away, it is asked for again when that is back. */
export function unread(error) {
  const isAway = error instanceof Unreachable;
  document.dispatchEvent(new CustomEvent("lost", { detail: isAway }));
  if (!isAway) return saying(error, "unread");
  return `${t("away")}. ${t("comes_back")}`;
}
/** Says what went wrong and whether anything was lost. */
export const failed = (error) => toast(saying(error));

function tell() {
  const count = waiting();
  line.hidden = isReached && !count;
  if (!line.hidden) line.textContent = count ? t("offline_waiting", { count }) : t("offline");
}

document.addEventListener("reach", (/** @type {CustomEvent} */ event) => {
  isReached = event.detail;
  tell();
});
document.addEventListener("waiting", tell);
document.addEventListener("refused", (/** @type {CustomEvent} */ event) => toast(t("refused", { detail: event.detail })));
addEventListener("offline", () => {
  isReached = false;
  tell();
});

/** Asks before something that cannot be undone; whether it was confirmed. */
export function confirmed(title, text, label) {
  return new Promise((resolve) => {
    let said = false;
    const confirm = h("button.primary", { type: "button", onclick: () => ((said = true), box.close()) }, label);
    const box = sheet(title, h("p", text), confirm);
    box.addEventListener("close", () => resolve(said));
  });
}

/** A sheet, from below on a phone and beside on a desk; it gives the focus back when it closes. */
export function sheet(title, ...content) {
  const id = newId("sheet");
  const close = h("button.round", { type: "button", "aria-label": t("close"), onclick: () => box.close() }, icon("close"));
  const box = h("dialog.sheet", { "aria-labelledby": id }, h("header", h("h2", { id }, title), close), ...content.filter(Boolean));
  box.addEventListener("close", () => box.remove());
  box.addEventListener("click", (event) => event.target === box && box.close());
  document.body.append(box);
  box.showModal();
  return box;
}
