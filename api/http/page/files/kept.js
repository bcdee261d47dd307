// What was shown at the places that were left, so that back and forward find it there: the elements
// themselves with all that was loaded into them, how far they were scrolled, and what had the focus.
// It lives in memory, by the entry of the browser's history, until another viewer begins.

import { writes } from "./api.js";
import { paint } from "./marks.js";

const MOST_PLACES = 20;
const MOST_ELEMENTS = 30_000; // of all places together: some 1,200 cards
const KEPT_MS = 3_600_000; // for as long the service keeps a list
// What these show is what was written, so that a write in between makes them anew; marks alone change elsewhere.
const OF_WRITES = ["watchlist", "history", "library", "taste"];

history.scrollRestoration = "manual"; // the browser would scroll before anything is there
const leftPlaces = new Map(); // entry -> its place, the latest left last
const openedAt = Date.now(); // after a reload the same number is another entry
let entries = 0;
let scrolled = new Set(); // elements within the place that scroll by themselves, and did

/** The name of this entry of the browser's history. */
export function entryOf() {
  if (!history.state?.entry) history.replaceState({ entry: `${openedAt}.${++entries}` }, "");
  return history.state.entry;
}

/** Nobody who begins finds what another left. */
export const forgetPlaces = () => leftPlaces.clear();
// Nor in another tab of this browser.
addEventListener("storage", ({ key }) => [null, "household", "profile"].includes(key) && forgetPlaces());

/** Tells which elements of the place scroll. */
export const watchScrolling = (main) =>
  main.addEventListener("scroll", ({ target }) => scrolled.add(target), { capture: true, passive: true });

/** Keeps what is shown; of what is not whole only how far it was scrolled. */
export function keepPlace(main, { entry, name, view, isWhole }) {
  // A row out of sight would be as high as its style guesses.
  for (const row of main.querySelectorAll(".row-of")) row.style.setProperty("--tall", `${row.getBoundingClientRect().height}px`);
  leftPlaces.set(entry, {
    name, view, top: scrollY, writes: writes(), until: Date.now() + KEPT_MS,
    nodes: isWhole && [...main.childNodes],
    count: isWhole ? main.getElementsByTagName("*").length : 0,
    parts: view.parts?.map((part) => ({ part, hidden: part.hidden, nodes: [...part.childNodes] })),
    scrolls: [...scrolled].map((one) => ({ one, left: one.scrollLeft, top: one.scrollTop })),
    focused: main.contains(document.activeElement) && document.activeElement,
  });
  scrolled = new Set();
  let count = 0;
  [...leftPlaces].reverse().forEach(([one, place], index) => {
    count += place.count;
    if (index && (index >= MOST_PLACES || count > MOST_ELEMENTS)) leftPlaces.delete(one);
  });
}

/** What was left at this entry, if anything; without `nodes` it is to be made anew. */
export function placeLeft(entry, name) {
  const place = leftPlaces.get(entry);
  leftPlaces.delete(entry);
  if (place?.name !== name) return null;
  const isOld = Date.now() > place.until || (OF_WRITES.includes(name) && place.writes !== writes());
  // A view that takes new questions has the answer to one of them; without parts it can show no other.
  const isOther = place.view.entry !== entry && !place.parts;
  return isOld || isOther ? { ...place, nodes: null } : place;
}

/** Where the view has the answer to another question of it by now: the one that was left here. */
export async function answerAgain({ view, parts }, { entry, asked }) {
  view.entry = entry;
  await view.update({ ...asked, isKept: true });
  for (const { part, hidden, nodes } of parts) {
    part.hidden = hidden;
    part.replaceChildren(...nodes);
  }
}

/** Shows what was left as it was, with the marks that are pressed by now; what had the focus, where it is there. */
export function putBack(main, place) {
  main.replaceChildren(...place.nodes);
  paint();
  for (const { one, left, top } of place.scrolls) {
    scrolled.add(one);
    one.scrollTo({ left, top, behavior: "instant" });
  }
  scrollTo(0, place.top);
  return main.contains(place.focused) ? place.focused : null;
}
