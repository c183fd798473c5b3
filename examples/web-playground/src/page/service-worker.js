// Keeps the page for visits without a network. The build puts `version`, `pageFiles` and `runtimeFiles` before this text.
/* global self, caches, fetch, version, pageFiles, runtimeFiles */
const prefix = 'deblur-playground-';
const cacheName = prefix + version;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(pageFiles)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

// A network has run on a provider: keep the part of onnxruntime that it took.
self.addEventListener('message', (event) => {
  const { keep, tell } = event.data;
  const wanted = runtimeFiles.filter((name) => name.includes('asyncify') === (keep === 'webgpu'));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(wanted)).then(() => tell?.postMessage('kept')));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // Model files are kept by the backend itself, which verifies them.
  if (request.method !== 'GET' || url.origin !== self.location.origin || /\.(onnx|u8|f32)$/.test(url.pathname)) return;
  event.respondWith(request.mode === 'navigate' ? pageFirstFromNetwork(request) : fileFirstFromCache(request));
});

async function pageFirstFromNetwork(request) {
  const cache = await caches.open(cacheName);
  try {
    return await fetch(request);
  } catch (error) {
    return await cache.match('./') ?? Promise.reject(error);
  }
}

async function fileFirstFromCache(request) {
  const cache = await caches.open(cacheName);
  return await cache.match(request, { ignoreSearch: true, ignoreVary: true }) ?? fetch(request);
}
