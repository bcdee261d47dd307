// Liked, seen, not for me, later: they count at once, and pressing again takes them back.

import { get, household, viewer, who } from "./api.js";
import { h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { failed, toast } from "./notices.js";
import { send, withdraw } from "./outbox.js";

export const EVENTS = { liked: "liked", seen: "watched", refused: "not_interested", snoozed: "not_now" };
const KINDS = ["liked", "seen", "refused", "later"];
const PRESSED = "marked";
const AGAINST = { liked: "refused", refused: "liked" }; // of which the newest counts
const KEYS = { l: "liked", s: "seen", n: "refused", w: "later" };
const MOST_NAMED = 100; // titles of one question
const MOST_PAGES = 10; // of the watchlist
const marked = new Map(); // item id -> kinds that are pressed
const pressed = new Set(); // "id kind" of what was pressed here, which is newer than any answer
const beneath = new Set(); // "id kind" of opinions that a newer one stands over
let metIds = new Set(); // ids that the history was asked about
const newIds = []; // ids that it is about to be asked about

let writing = Promise.resolve(); // one write after the other: taking back must find what it takes

const kindsOf = (id) => marked.get(id) || marked.set(id, new Set()).get(id);

/** Forgets what is marked, when another profile begins or much was written elsewhere. */
export async function loadMarks() {
  for (const one of [marked, pressed, beneath]) one.clear();
  metIds = new Set();
  let cursor;
  for (let pages = 0; cursor || !pages; pages += 1) {
    const page = await get(household("/watchlist"), { profile: who.profile, limit: 100, cursor });
    for (const entry of page.items) {
      kindsOf(entry.item_id).add("later");
      paint(entry.item_id);
    }
    cursor = pages < MOST_PAGES && page.next_cursor;
  }
}

/** Asks what the history says of a title, in one question with the others of its list. */
function want(id) {
  if (metIds.has(id)) return;
  metIds.add(id);
  if (newIds.push(id) === 1) setTimeout(() => readMarks(newIds.splice(0)).catch(() => null)); // the list is there without
}

async function readMarks(ids) {
  const mine = metIds;
  for (let first = 0; first < ids.length; first += MOST_NAMED) {
    const asked = ids.slice(first, first + MOST_NAMED);
    const events = await eventsOf(asked).catch((error) => {
      for (const id of ids.slice(first)) mine.delete(id); // with the next list that has it
      throw error;
    });
    if (mine !== metIds) return; // another's by now
    for (const id of asked) {
      remember(id, events.filter((event) => event.item.id === id));
      paint(id);
    }
  }
}

/** Says that a title's history has these events, the newest first. */
export function remember(id, events) {
  metIds.add(id);
  const types = events.map((event) => event.event_type);
  const opinion = types.find((type) => type === EVENTS.liked || type === EVENTS.refused);
  for (const [kind, type] of Object.entries(EVENTS)) {
    if (pressed.has(`${id} ${kind}`) || !types.includes(type)) continue;
    if (AGAINST[kind] && type !== opinion) beneath.add(`${id} ${kind}`);
    else kindsOf(id).add(kind);
  }
}

/** Says that a title's history has nothing any more. */
export function forget(id) {
  for (const kind of Object.keys(EVENTS)) {
    kindsOf(id).delete(kind);
    pressed.delete(`${id} ${kind}`);
    beneath.delete(`${id} ${kind}`);
  }
}

/** Shows what is pressed: of one title, or of all that are on the page. */
export function paint(id = null) {
  const shownAs = (name) => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(id === null ? `[data-${name}]` : `[data-${name}="${id}"]`));
  for (const group of shownAs("marks")) {
    const kinds = kindsOf(Number(group.dataset.marks));
    for (const button of /** @type {Iterable<HTMLElement>} */ (group.children)) button.setAttribute("aria-pressed", String(kinds.has(button.dataset.kind)));
  }
  for (const card of shownAs("card")) card.classList.toggle("is-done", isDone(Number(card.dataset.card)));
}

const watchlist = (method, item) =>
  send(method, household(`/watchlist/${item.id}`), { query: { profile: who.profile } });
/** Writes events of the profile in use. */
export const record = (items) => send("POST", "/user/history", { body: { ...viewer(), items } });

/** `events` are what the mark said before it was taken back, if it was. */
async function add(item, kind, events) {
  if (kind === "later") return watchlist("PUT", item);
  return record(events.length ? events.map(again) : [{ item: item.id, event_type: EVENTS[kind] }]);
}

/** Every event that the history has of these titles, up to 100 of them. */
export async function eventsOf(ids) {
  const found = [];
  let cursor;
  do {
    const page = await get("/user/history", { ...viewer(), items: ids.join(), limit: 100, cursor });
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return found;
}

/** Takes a mark back and answers with its events; none where that has to wait, as Undo takes out what waits. */
async function takeBack(item, kind) {
  if (kind === "later") return watchlist("DELETE", item).then(() => []);
  const taken = await send("DELETE", "/user/history", { query: { ...viewer(), item: item.id, event_type: EVENTS[kind] } });
  return taken ? taken.events : [];
}

/** Whether a write of this profile that waits says of this mark alone the contrary of what is to be written. */
function isContrary({ method, path, query, body }, item, kind, isSet) {
  if (isSet === (method === "DELETE") || (body || query)?.profile != who.profile) return false;
  if (kind === "later") return path === household(`/watchlist/${item.id}`);
  return (body?.items || [query]).every((said) => said?.item === item.id && said.event_type === EVENTS[kind]);
}

/** An event of the history as it is written again. */
export const again = (event) => ({
  item: event.item.id,
  event_type: event.event_type,
  rating: event.rating ?? undefined,
  watched_at: event.watched_at ?? event.occurred_at,
});

/**
 * Presses a mark, or takes it back if it is pressed; `after` follows each time it is written,
 * `events` are what it said before.
 */
export async function toggle(item, kind, after = () => null, events = []) {
  const kinds = kindsOf(item.id);
  const isSet = kinds.has(kind);
  const under = `${item.id} ${AGAINST[kind]}`;
  // What was said before counts again once this is taken back.
  const turns = isSet ? beneath.has(under) : kinds.has(AGAINST[kind]);
  // What one is done with is not to be watched later, but for what is put there after.
  const leaves = !isSet && kind !== "later" && kinds.has("later");
  const turn = (on) => {
    if (!turns) return;
    beneath[on ? "delete" : "add"](under);
    set(AGAINST[kind], on);
  };
  const set = (one, on) => {
    if (on) kinds.add(one);
    else kinds.delete(one);
    pressed.add(`${item.id} ${one}`);
    paint(item.id);
  };
  turn(isSet);
  set(kind, !isSet);
  localStorage.setItem(PRESSED, "1");
  const write = writing.then(() => (withdraw((job) => isContrary(job, item, kind, isSet)) ? [] : (isSet ? takeBack : add)(item, kind, events)));
  writing = write.catch(() => null);
  try {
    const taken = await write;
    toast(t(isSet ? `undone.${kind}` : `done.${kind}`, { title: item.title }), () => toggle(item, kind, after, isSet ? taken : []));
    after();
  } catch (error) {
    set(kind, isSet);
    turn(!isSet);
    return failed(error);
  }
  // It has a word and an Undo of its own. The watchlist of a profile that was chosen meanwhile is left alone.
  if (leaves && kindsOf(item.id) === kinds && kinds.has("later")) await toggle(item, "later");
}

/**
 * The four marks of a title. Within it, l, s, n and w press them. A title that `isNew` to the viewer
 * has none yet, as the lists have it that leave out what was seen.
 */
export function marks(item, { isSpelled = false, isNew = false } = {}) {
  if (!isNew) want(item.id);
  const kinds = kindsOf(item.id);
  const buttons = KINDS.map((kind) =>
    h("button.mark", {
      type: "button", "data-kind": kind, "aria-pressed": String(kinds.has(kind)),
      "aria-label": t(`mark.${kind}.of`, { title: item.title }), title: t(`mark.${kind}`),
      onclick: () => toggle(item, kind),
    }, icon(kind), isSpelled && h("span", t(`mark.${kind}`))),
  );
  return h(isSpelled ? "div.marks.spelled" : "div.marks", { role: "group", "data-marks": item.id, "aria-label": t("marks_of", { title: item.title }) }, buttons);
}

/** What the marks' drawings mean, for a browser in which none was pressed yet. */
export const legend = () =>
  localStorage.getItem(PRESSED) ? null : h("ul.legend", KINDS.map((kind) => h("li", icon(kind), t(`mark.${kind}`))));

/** Makes an element's keys press the marks of its title. */
export function pressByKey(element, item) {
  element.addEventListener("keydown", (event) => {
    const kind = KEYS[event.key];
    if (!kind || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    toggle(item, kind);
  });
}
/** Whether a title is done with. */
export const isDone = (id) => ["seen", "liked", "refused"].some((kind) => kindsOf(id).has(kind));
