// The service's public API, and who asks.

/** What a problem document says. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || String(status));
    this.status = status;
    this.code = body.code;
    this.errors = body.errors || []; // each wrong field, where fields are wrong
  }
}

/** Whether a list cannot be paged any more: it has expired, or its profile is another by now. */
export const isOver = (error) => error instanceof Problem && ["expired_cursor", "invalid_cursor"].includes(error.code);

/** The service could not be reached; nothing is known to be stored. */
export class Unreachable extends Error {}

let written = 0;
/** How often something was written; asking by POST writes nothing that a view shows. */
export const writes = () => written;
const ASKS = /^\/(blend|feedback|recommend|session)/;

const PATIENCE_MS = 20_000;
const FILE_PATIENCE_MS = 300_000;

/** An address with the parts of a query that are said. */
function address(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

/**
 * The service's answer; `form` is sent in place of a `body`, and `keepalive` outlives the page. Raises Problem or Unreachable.
 * @param {string} method @param {string} path
 * @param {{query?: object, body?: any, form?: FormData, keepalive?: boolean, headers?: Record<string, string>}} [sent]
 */
async function answered(method, path, { query, body, form, keepalive, headers = {} } = {}) {
  if (method !== "GET" && !ASKS.test(path)) written += 1;
  const target = address(path, query);
  const patience = form ? FILE_PATIENCE_MS : PATIENCE_MS;
  /** @type {RequestInit & {headers: Record<string, string>}} */
  const options = { method, headers: { ...headers }, body: form, keepalive, signal: AbortSignal.timeout(patience) };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(target, options);
  } catch (error) {
    document.dispatchEvent(new CustomEvent("reach", { detail: false }));
    throw new Unreachable(String(error));
  }
  document.dispatchEvent(new CustomEvent("reach", { detail: true }));
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

/**
 * The answer's JSON.
 * @param {string} method @param {string} path @param {Parameters<typeof answered>[2]} [sent]
 * @returns {Promise<any>}
 */
export const call = async (method, path, sent) => (await answered(method, path, sent)).json().catch(() => ({}));
/** The answer's bytes. */
export const bytes = async (path, query) => (await answered("GET", path, { query })).arrayBuffer();

let ahead = {}; // answers under way before it was known that they are wanted, by address
export const get = (path, query) => {
  const target = address(path, query);
  const answer = ahead[target] || call("GET", target);
  delete ahead[target];
  return answer;
};
function askAhead(path, query) {
  const target = address(path, query);
  ahead[target] = call("GET", target);
  ahead[target].catch(() => null); // told to whoever takes it
}
/** What nobody took by now is asked anew when it is wanted. */
export const forgetAhead = () => (ahead = {});

/**
 * Who asks: the session, the household and the profile in use.
 * @type {{session: Schemas["SessionOut"] | null, household: string | null, profile: string | null,
 *   settings: Schemas["ProfileOut"] | null, profiles: Schemas["ProfileOut"][], refusal: Problem | null}}
 */
export const who = {
  session: null,
  household: null,
  profile: null, // as requests name it; null: the one without a name
  settings: null, // of that profile; null: it is not there yet
  profiles: [],
  refusal: null, // why the code that was opened began no session
};

const root = document.documentElement.dataset;

/** The viewer as every route takes one. */
export const viewer = () => ({ user_id: who.household, profile: who.profile });
// No more at once than a window shows, and some.
const [ROWS, TITLES] = innerWidth < 640 ? [2, 6] : innerWidth < 1700 ? [3, 8] : [3, 12];
/** What rows of titles are asked with, `windows` of them at once. */
export const shelves = (cursor, windows = 1) => ({ ...viewer(), rows: windows * ROWS, limit: TITLES, cursor });
/** Whether the profile in use is shown some titles only. */
export const hasLimits = () => who.settings?.kind === "child" || who.settings?.max_age != null;
/** The path of the household. */
export const household = (rest = "") => `/users/${encodeURIComponent(who.household)}${rest}`;
/** A profile within a path. */
export const inPath = (profile) => (profile === null ? "~" : encodeURIComponent(profile));
/** Whose offers are shown: as it was chosen, else the browser's where the service has any there, else the service's own. */
export const country = () => who.settings?.country || usual;
let usual = root.country;

/** The country that the browser's language names, if it names one. */
export const guessed = () =>
  navigator.languages.map((tag) => new Intl.Locale(tag).region).find((region) => /^[A-Z]{2}$/.test(region)) || null;

async function readUsual() {
  const guess = guessed();
  if (!guess || guess === usual) return;
  const found = await get("/services", { country: guess }).catch(() => ({ services: [] }));
  if (found.services.length) usual = guess;
}

/**
 * Asks who is there; and what the view that is wanted will get, in the name of who it nearly
 * always is. Raises Problem 401 where a key is needed.
 */
export async function readWho(wanted) {
  const likely = localStorage.getItem("household") || root.household;
  Object.assign(who, { household: likely, profile: localStorage.getItem("profile") });
  // Beside the session, not after it.
  const profiles = get(household("/profiles")).catch(() => null);
  const session = get("/session");
  if (wanted === "foryou") askAhead("/shelves", shelves());
  who.session = await session;
  who.household = who.session.user_id || likely;
  who.profile = who.session.is_bound ? who.session.profile : localStorage.getItem("profile");
  const found = who.household === likely ? await profiles : null;
  who.profiles = (found || (await get(household("/profiles")))).profiles;
  who.settings = who.profiles.find((one) => one.profile === who.profile) || null;
  if (!who.settings && who.profile !== null && !who.session.is_bound) {
    localStorage.removeItem("profile");
    who.profile = null;
    who.settings = who.profiles.find((one) => one.profile === null) || null;
  }
  if (!who.settings?.country) await readUsual();
}

/** Goes over to a profile; the server binds the session to one with limits. */
export async function enter(profile, pin) {
  const body = { user_id: who.household, profile };
  if (pin) body.pin = pin;
  await call("POST", "/session", { body });
  if (profile === null) localStorage.removeItem("profile");
  else localStorage.setItem("profile", profile);
  await readWho();
}
