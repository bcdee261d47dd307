// The frame: who asks, where one can go, and the view that the address names.

import { call, forgetAhead, Problem, readWho, Unreachable, who } from "./api.js";
import { face } from "./art.js";
import { h, icon } from "./dom.js";
import { loadTexts, t } from "./i18n.js";
import { answerAgain, entryOf, forgetPlaces, keepPlace, placeLeft, putBack, watchScrolling } from "./kept.js";
import { loadMarks } from "./marks.js";
import { failed, notices, unread } from "./notices.js";
import { flush } from "./outbox.js";
import { typeAgain, typedIn } from "./typed.js";
import { view } from "./views/foryou.js";

// Where one can go: five places within reach of a thumb, and those that a phone has behind the name.
const PLACES = ["foryou", "tonight", "ask", "search", "watchlist"];
const MORE = ["history", "group", "blend", "path", "map", "taste", "library"];
/** The latter; a profile that sees no other has nobody to watch together with. */
export const more = () => MORE.filter((name) => name !== "group" || !who.session?.is_bound);
const SKELETON_MS = 300;
const COME_BACK_MS = 10_000;
const OPERATION = ["operator", "playground", "experiments", "rules", "keys"];
const VIEWS = [...PLACES, ...MORE, "list", "title", "person", "profiles", "welcome", "signin", "bring", ...OPERATION];
const CODE = /^#code=([A-Za-z0-9-]{8,9})$/;
const isOperation = location.pathname === "/operator";
const FIRST = isOperation ? "operator" : "foryou";
const app = document.getElementById("app");
/** What stands in for a view that is under way, in the place that its own head and row will take. */
const shape = () => h("div.shape", { "aria-hidden": "true" }, h("span"), h("div", Array.from({ length: 8 }, () => h("span"))));
const main = h("main", { id: "main", tabindex: "-1" }, shape()); // as the HTML shows until then
watchScrolling(main);
let shown = { name: null, view: null, entry: null, isWhole: false };
let turn = 0;

/** A part of an address; one that was cut in the middle of a letter as it stands. */
const decoded = (part) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The address as a view and what it is asked: #/title/17?country=DE. */
function place() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/").map(decoded);
  return { name: VIEWS.includes(name) ? name : FIRST, rest, query: new URLSearchParams(query) };
}

function profileLink() {
  const name = who.settings?.name || who.profile || t("me");
  return h("a.place.person", { href: "/#/profiles", "data-place": "profiles" }, face(name, who.profile), h("span", name));
}

function frame() {
  const base = isOperation ? "/operator" : "/";
  const link = (spec) => (name) =>
    h(spec, { href: `${base}#/${name}`, "data-place": name }, icon(name), h("span", t(`place.${name}`)));
  const places = isOperation
    ? OPERATION.map(link("a.place"))
    : [...PLACES.map(link("a.place")), ...more().map(link("a.place.on-desk"))];
  const isIn = who.session !== null;
  app.replaceChildren(
    h("a.skip", { href: "#main", onclick: skip }, t("skip")),
    h("header.top", h("a.brand", { href: "/#/foryou" }, "Seen'emAll"),
      isIn && h("nav", { "aria-label": t("places") }, h("div.places", places), profileLink())),
    ...notices(), main,
    h("footer", h("small", t("attribution"))));
}

function skip(event) {
  event.preventDefault();
  main.focus();
}

function markPlace(name) {
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (app.querySelectorAll("[data-place]"))) {
    if (link.dataset.place === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/** Shows what the address names; a view that is shown already takes the new question itself. */
async function show() {
  isLost = false;
  if (shown.view) keepPlace(main, shown);
  const asked = place();
  const isIn = who.session !== null;
  if (isIn === (asked.name === "signin")) return void location.replace(isIn ? `#/${FIRST}` : "#/signin");
  const entry = entryOf();
  const left = placeLeft(entry, asked.name);
  if (left?.nodes) return comeBackTo(left, { entry, asked });
  if (shown.name === asked.name && shown.view?.update) return askAnew(asked, entry, left);
  const mine = ++turn;
  const isFirst = shown.name === null;
  const isAnew = anew === placeOf(asked.name);
  anew = null;
  const here = (shown = { name: asked.name, view: null, entry, isWhole: false });
  markPlace(asked.name);
  let kept = null; // what was typed until its place was taken by something else
  const late = setTimeout(() => {
    if (mine !== turn) return;
    kept = typedIn(main);
    main.replaceChildren(h("p.sr", { role: "status" }, t("loading")), shape());
  }, SKELETON_MS);
  hasFailed = false;
  const found = await made(asked);
  clearTimeout(late);
  forgetAhead();
  if (mine !== turn) return;
  found.entry = entry;
  Object.assign(here, { view: found, isWhole: !hasFailed });
  shownAt = placeOf(asked.name);
  document.title = `${found.title} · Seen'emAll`;
  kept ||= typedIn(main);
  main.replaceChildren(...[found.node].flat());
  const active = isAnew && typeAgain(main, kept);
  if (active) return void active.focus({ preventScroll: true });
  if (isFirst) return;
  scrollTo(0, left?.top ?? 0); // as far as it goes again
  const first = /** @type {HTMLElement | null} */ (main.querySelector("[autofocus]"));
  if (first) first.focus();
  else heading().focus({ preventScroll: true });
}

/** The view that is shown takes the question of another entry. */
async function askAnew(asked, entry, left) {
  const here = (shown = { ...shown, entry, isWhole: false });
  here.view.entry = entry;
  hasFailed = false;
  await here.view.update(asked);
  Object.assign(here, { isWhole: !hasFailed });
  if (left && here === shown) scrollTo(0, left.top);
}

/** Shows a place as it was left. */
async function comeBackTo(left, { entry, asked }) {
  const mine = ++turn;
  const { name, view } = left;
  const here = (shown = { name, view: null, entry, isWhole: true });
  markPlace(name);
  if (view.entry !== entry) await answerAgain(left, { entry, asked });
  if (mine !== turn) return;
  here.view = view;
  shownAt = placeOf(name);
  document.title = `${view.title} · Seen'emAll`;
  (putBack(main, left) || heading()).focus({ preventScroll: true });
}

function heading() {
  const first = main.querySelector("h1") || main;
  first.tabIndex = -1;
  return first;
}

const scripts = { foryou: Promise.resolve({ view }) }; // the first, which comes with this one
const missed = {}; // the end of the next address to fetch each by: browsers ask for none again that they missed
/** A view's script; what is here already takes no turn of its own, in which the frame alone would be painted. */
const scriptOf = (name) => (scripts[name] ||= import(`./views/${name}.js${missed[name] || ""}`).catch((error) => {
  missed[name] = `${missed[name] || "?"}1`;
  // The browser's own words for it name an address; a script that is there and broken is no TypeError.
  throw error instanceof TypeError ? new Unreachable(String(error)) : error;
}));

async function made(asked) {
  try {
    return await (await scriptOf(asked.name)).view(asked);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) {
      begin(); // not awaited: it is this view's own beginning that may have got here
      return { title: "", node: main.childNodes };
    }
    delete scripts[asked.name];
    return broken(error, asked.name);
  }
}

/** In place of a view: what went wrong and the next step, which is not to try again where nothing is. */
function broken(error, name) {
  if (error instanceof Problem && error.status === 404) {
    return { title: t("not_here"), node: [h("h1", t("not_here")), h("p", t("not_here_say")), h("a.primary", { href: "/#/search" }, t("place.search"))] };
  }
  hasFailed = true;
  const retry = h("button.primary", { type: "button", onclick: () => restart(name) }, t("again"));
  if (!(error instanceof Unreachable)) return { title: t("went_wrong"), node: [h("h1", t("went_wrong")), h("p", unread(error)), retry] };
  isLost = true;
  return { title: t("away"), node: [h("h1", t("away")), h("p", t("comes_back")), retry] };
}

function restart(name) {
  if (shown.name !== null && shown.name === name) {
    anew = shownAt;
    shown = { ...shown, name: "", view: null };
  }
  return show();
}

let anew = null; // the place that is made once more, as whoever it was for
let shownAt = null;
const placeOf = (name) => JSON.stringify([name, who.household, who.profile]);

let isLost = false; // what the place shows, because the service could not be reached
let hasFailed = false; // what the place asked for, so that it is no place to come back to as it is
document.addEventListener("lost", (/** @type {CustomEvent} */ { detail: isAway }) => {
  hasFailed = true;
  isLost ||= isAway;
});

/** Shows the place again as soon as the service answers; until then every ten seconds may be the one. */
async function comeBack() {
  if (!isLost || !(await call("GET", "/healthz").then(() => true, () => false)) || !isLost) return;
  if (!isBegun) return openPage();
  return shown.view?.update ? show() : restart(shown.name);
}

let begun = Promise.resolve(); // one after the other: a code may come while the page asks who is there

/** Reads anew who asks and in which language, and shows the place again. */
export function begin(code = codeOf(location)) {
  const mine = begun.then(() => beginWith(code));
  begun = mine.catch(() => null);
  return mine;
}

async function beginWith(code) {
  forgetPlaces();
  const texts = loadTexts();
  scriptOf(place().name).catch(() => null);
  try {
    await withCode(code);
    await readWho(place().name);
    loadMarks().catch(failed);
    if (!who.settings && !who.profiles.length && place().name === "foryou") {
      history.replaceState(null, "", "#/welcome");
    }
  } catch (error) {
    await texts;
    if (!(error instanceof Problem && error.status === 401)) throw error;
    who.session = null;
  }
  await texts;
  frame();
  if (who.refusal && who.session) failed(who.refusal); // else it is said where codes are typed
  forgetPlaces(); // what was left meanwhile, too
  return restart(shown.name);
}

const codeOf = ({ hash }) => CODE.exec(hash)?.[1];

/** A code begins a session, once; where it does not any more, whoever is there already stays. */
async function withCode(code) {
  who.refusal = null;
  if (!code) return;
  history.replaceState(null, "", "#/foryou");
  await call("POST", "/session", { body: { code } }).catch((error) => {
    if (!(error instanceof Problem)) throw error;
    who.refusal = error;
  });
}

// A code may come to a page that is open already, which may be on its way to another address.
addEventListener("hashchange", ({ newURL }) => {
  const code = codeOf(new URL(newURL));
  if (code) return void begin(code);
  for (const sheet of document.querySelectorAll("dialog")) sheet.close(); // it is of the place that is left
  show();
});
document.addEventListener("begin", () => begin());

let isBegun = false;
function openPage() {
  return begin().then(() => {
    isBegun = true;
    isLost = false;
    return flush();
  }, withoutService);
}

/** What is shown where the page was kept and the service cannot be reached. */
function withoutService(error) {
  const isAway = error instanceof Unreachable;
  isLost = isAway;
  const title = t(isAway ? "away" : "went_wrong");
  document.title = `${title} · Seen'emAll`;
  document.dispatchEvent(new Event("waiting")); // said anew: the texts are here by now
  app.replaceChildren(...notices(), h("main", h("h1", title),
    h("p", isAway ? t("away_say") : unread(error)),
    h("button.primary", { type: "button", onclick: openPage }, t("again"))));
}

addEventListener("online", comeBack);
document.addEventListener("waiting", (/** @type {CustomEvent} */ event) => event.detail === 0 && comeBack());
setInterval(comeBack, COME_BACK_MS);
// Behind the first view, which needs the processor more. Insecure addresses have no such thing;
// there the page needs the network to open.
openPage().finally(() => navigator.serviceWorker?.register("/page/worker.js", { scope: "/" }).catch(() => null));
