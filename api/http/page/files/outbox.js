// Writes that must not be lost: kept in this browser until the service has answered.

import { call, Problem, Unreachable } from "./api.js";

const WAITING = "outbox";
const AGAIN_MS = 10_000;

const kept = () => JSON.parse(localStorage.getItem(WAITING) || "[]");
function keep(jobs) {
  localStorage.setItem(WAITING, JSON.stringify(jobs));
  document.dispatchEvent(new CustomEvent("waiting", { detail: jobs.length }));
}

let isFlushing = false;

/** How many writes wait. */
export const waiting = () => kept().length;

/**
 * Sends a write, or keeps it where the service cannot be reached; the answer, or null if kept.
 * @param {string} method @param {string} path
 * @param {{query?: object, body?: any, headers?: Record<string, string>}} [sent]
 */
export async function send(method, path, { query, body, headers } = {}) {
  const job = { id: crypto.randomUUID?.() || String(Math.random()), method, path, query, body, headers };
  if (waiting()) await flush();
  if (waiting()) {
    keep([...kept(), job]); // in the order they were made
    return null;
  }
  try {
    return await call(method, path, { query, body, headers });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    keep([...kept(), job]);
    return null;
  }
}

/** Takes the last write that waits out again, if it is the one meant and not on its way; whether it was. */
export function withdraw(isMeant) {
  const jobs = kept();
  const last = jobs.pop();
  if (!last || (isFlushing && !jobs.length) || !isMeant(last)) return false;
  keep(jobs);
  return true;
}

/** Sends what waits, oldest first, until one cannot be sent. */
export async function flush() {
  if (isFlushing) return;
  isFlushing = true;
  try {
    for (let job = kept()[0]; job; job = kept()[0]) {
      try {
        await call(job.method, job.path, job);
      } catch (error) {
        if (error instanceof Unreachable) return;
        if (error instanceof Problem && (error.status === 401 || error.status === 429 || error.status >= 500)) return;
        // Refused for good: sending it again would change nothing.
        document.dispatchEvent(new CustomEvent("refused", { detail: error.message }));
      }
      keep(kept().filter(({ id }) => id !== job.id));
    }
  } finally {
    isFlushing = false;
  }
}

addEventListener("online", flush);
setInterval(() => waiting() && flush(), AGAIN_MS);
