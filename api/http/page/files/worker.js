// Keeps the page's own files, so that it opens where the service cannot be reached.
// Nothing of anybody is kept: the shell is the operators', which has no list in it, and no answer
// of the API goes through here.

const KEPT = "shell";
const SHELL = "/operator";
const SHELLS = ["/", SHELL];
const TEXTS = ["en", "de", "es", "fr"].map((language) => `/page/texts/${language}.json`);

async function keepAll() {
  const shell = await (await fetch(SHELL)).text();
  const files = [...shell.matchAll(/(?:href|src)="(\/page\/[^"]+)"/g)].map((found) => found[1]);
  const kept = await caches.open(KEPT);
  await kept.addAll([...new Set([SHELL, ...files, ...TEXTS])]);
}

/** The newest where there is a network, else what was kept. */
async function newest(request, path) {
  try {
    const answer = await fetch(request);
    if (answer.ok && path !== SHELL) await (await caches.open(KEPT)).put(path, answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match(path);
    if (kept) return kept;
    throw error;
  }
}

addEventListener("install", (event) => event.waitUntil(keepAll().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && SHELLS.includes(pathname)) event.respondWith(newest(request, SHELL));
  else if (pathname.startsWith("/page/")) event.respondWith(newest(request, pathname));
});
