// Tells the service which titles of its lists somebody looked at, and which they opened: what is
// passed over again and again steps back for a while. Nothing waits for it, nothing is sent again.

import { call, viewer, who } from "./api.js";

const LOOKED_AT_MS = 1000; // with half of the card in view
const GATHER_MS = 5000;
const SHOWN = "shown";
// Marks that say as much as opening does.
const TAKEN = "a, [data-kind=liked], [data-kind=later]";

const looking = new Map(); // card -> what ends its wait
const tellers = new WeakMap(); // card -> tells that it was looked at
let untold = [];

const watch = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) {
    clearTimeout(looking.get(target));
    looking.delete(target);
    if (isIntersecting) looking.set(target, setTimeout(lookedAt, LOOKED_AT_MS, target));
  }
}, { threshold: 0.5 });

function lookedAt(card) {
  watch.unobserve(card);
  looking.delete(card);
  if (card.isConnected && !document.hidden) tellers.get(card)();
}

/** Whether this profile did not yet look at the title today, as it has from now on. */
function isFirstToday(id) {
  const day = new Date().toISOString().slice(0, 10);
  const kept = JSON.parse(localStorage.getItem(SHOWN) || "{}");
  const shown = kept.day === day ? kept.shown : [];
  const one = JSON.stringify([who.household, who.profile, id]);
  if (shown.includes(one)) return false;
  localStorage.setItem(SHOWN, JSON.stringify({ day, shown: [...shown, one] }));
  return true;
}

function note(item, list, event_type) {
  if (!untold.length) setTimeout(tellAll, GATHER_MS);
  untold.push({ ...viewer(), item_id: item.id, event_type, recommendation_id: list });
}

function tellAll() {
  if (!untold.length) return;
  call("POST", "/feedback", { body: untold, keepalive: true }).catch(() => null);
  untold = [];
}
document.addEventListener("visibilitychange", () => document.hidden && tellAll());

/** Tells of a card whose title stands in this list of the service's. */
export function tellOf(card, item, list) {
  tellers.set(card, () => isFirstToday(item.id) && note(item, list, "impression"));
  watch.observe(card);
  card.addEventListener("click", ({ target }) => target.closest(TAKEN) && note(item, list, "click"));
}
