// Keeps one page for the moment there is no network. Nothing else is stored: what a person learns or
// does is never answered from a copy.
const SHELF = "mycelia-offline-1";
const PAGE = "/offline/";

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name !== SHELF).map((name) => caches.delete(name));
  const tidied = caches.keys().then((names) => Promise.all(old(names)));
  // The page is asked for while this worker wakes up, so that it never makes a page slower.
  event.waitUntil(Promise.all([tidied, self.registration.navigationPreload?.enable()]).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") {
    event.respondWith(navigate(event).catch(() => caches.match(PAGE)));
  } else if (new URL(event.request.url).pathname.startsWith("/static/")) {
    event.respondWith(fetch(event.request).catch(() => caches.match(event.request).then((kept) => kept ?? Response.error())));
  }
});

async function navigate(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

async function keep() {
  const shelf = await caches.open(SHELF);
  const page = await fetch(PAGE, { cache: "reload" });
  const markup = await page.clone().text();
  await shelf.put(PAGE, page);
  const links = [...markup.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await shelf.addAll([...new Set(links)]);
}
