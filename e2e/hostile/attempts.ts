/** Attempts to get out of the engine's frame, from three places: a program, its Worker, the document around the Worker. */

/** Bodies of async functions by what they try. One that gets somewhere returns a text; `SITE` is the site's address. */
export type Attempts = Readonly<Record<string, string>>;

/** Code of a function that makes all attempts and resolves with what became of each, as JSON. */
export function attemptAll(attempts: Attempts, site: string): string {
  const members = Object.entries(attempts).map(
    ([name, body]) => `${JSON.stringify(name)}: async () => { ${body} }`,
  );
  return `async () => {
    const SITE = ${JSON.stringify(site)};
    const outcomes = {};
    for (const [name, attempt] of Object.entries({ ${members.join(', ')} })) {
      // An attempt that is neither let through nor refused is not let through.
      const late = new Promise((resolve) => setTimeout(resolve, 1000));
      outcomes[name] = await Promise.race([attempt(), late]).then((got) => got ?? 'nothing', () => 'refused');
    }
    return JSON.stringify(outcomes);
  }`;
}

/** With the globals that Node has. */
export const ofAProgram: Attempts = {
  'the document': `return document.title`,
  'the page': `return parent.location.href`,
  'names of the browser': `const names = ['window', 'self', 'top', 'location', 'indexedDB', 'caches', 'XMLHttpRequest',
      'importScripts', 'postMessage', 'close', 'Worker', 'WorkerGlobalScope', 'OffscreenCanvas', 'ImageData', 'name', 'origin',
      'isSecureContext', 'crossOriginIsolated', 'onmessage', 'onerror', 'addEventListener', 'dispatchEvent', 'cookieStore',
      'WebTransport', 'RTCPeerConnection', 'FileReader', 'Notification', 'createImageBitmap', 'requestAnimationFrame'];
    return names.find((name) => typeof globalThis[name] !== 'undefined')`,
  'names in for…in': `const known = ['global', 'clearImmediate', 'setImmediate', 'clearInterval', 'clearTimeout', 'setInterval',
      'setTimeout', 'queueMicrotask', 'structuredClone', 'atob', 'btoa', 'performance', 'fetch', 'crypto', 'navigator'];
    for (const name in globalThis) if (!known.includes(name)) return name`,
  'the prototypes of the global object': `
    for (let o = globalThis; (o = Object.getPrototypeOf(o)) && o !== Object.prototype; )
      for (const key of Reflect.ownKeys(o))
        if (key !== 'constructor' && globalThis[key] !== undefined) return String(key)`,
  'code of other realms': `
    const makers = [Function, (async () => {}).constructor, (function* () {}).constructor, (async function* () {}).constructor];
    for (const make of makers) {
      const made = make('return globalThis')();
      const global = typeof made.next === 'function' && made !== globalThis ? (await made.next()).value : await made;
      if (global !== globalThis) return 'another global object';
      if (global.self ?? global.importScripts) return 'globals of the browser';
    }`,
  'functions on the stack': `
    const prepare = Error.prepareStackTrace;
    Error.prepareStackTrace = (error, sites) => sites;
    const sites = (() => new Error().stack)();
    Error.prepareStackTrace = prepare;
    for (const site of sites)
      if (site.getFileName() !== __filename && (site.getThis() || site.getFunction())) return String(site)`,
  'callers of a function': `
    function who() { return who.caller ?? who.arguments?.callee?.caller; }
    const caller = await new Promise((resolve) => setTimeout(() => resolve(who())));
    if (caller && String(caller).includes('native')) return String(caller)`,
  'errors of the engine': `
    for (const fail of [() => null.x, () => atob('*'), () => structuredClone(() => {}), () => new URL('*'), () => require('x')])
      try { fail(); } catch (error) {
        const global = error.constructor.constructor('return globalThis')();
        if (global !== globalThis || global.self) return 'another global object';
      }`,
  'methods that the engine calls': `
    const seen = [];
    const { apply } = Reflect;
    const undo = [];
    for (const [owner, names] of [[Array.prototype, ['push', 'map', 'shift', 'filter', 'some', 'join']], [Map.prototype, ['get', 'set']],
      [Set.prototype, ['add']], [WeakMap.prototype, ['get']], [Promise.prototype, ['then']], [Function.prototype, ['call', 'bind']]])
      for (const name of names) {
        const original = owner[name];
        owner[name] = function (...values) {
          seen[seen.length] = this;
          for (let index = 0; index < values.length; index++) seen[seen.length] = values[index];
          return apply(original, this, values);
        };
        undo[undo.length] = () => (owner[name] = original);
      }
    console.log('x');
    setImmediate(() => {});
    require('node:fs').readFileSync(__filename);
    await new Promise((resolve) => setTimeout(resolve));
    for (const each of undo) each();
    return seen.find((value) => {
      const [, tag] = /^\\[object (.*)\\]$/.exec(Object.prototype.toString.call(value)) ?? [];
      return /Port|Worker|Event|Channel/.test(tag) && !(value instanceof globalThis[tag]);
    }) && 'an object of the browser'`,
  'a module of a data: address that reads the Worker': `
    const { default: global } = await import('data:text/javascript,export default globalThis');
    return global.self && 'globals of the browser'`,
  'a module of the site, by the browser': `await Function('return import(' + JSON.stringify(SITE + 'page.js') + ')')(); return 'loaded'`,
  'a module of the site': `await import(SITE + 'page.js'); return 'loaded'`,
  'the site': `return String((await fetch(SITE + 'secret', { credentials: 'include' })).status)`,
  'the site over a socket': `
    const { connect } = require('node:net');
    await new Promise((resolve, reject) => connect(new URL(SITE).port, 'localhost', resolve).on('error', reject)); return 'connected'`,
  'a WebSocket of the site': `
    await new Promise((resolve, reject) => Object.assign(new WebSocket(SITE.replace('http', 'ws')), { onopen: resolve, onerror: reject })); return 'open'`,
  'a Blob that runs as a Worker': `return new Worker(URL.createObjectURL(new Blob(['']))) && 'started'`,
  WebAssembly: `
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
    return imports[0]`,
  'bindings of the engine': `
    const found = [];
    for (const name of ['fs', 'messaging', 'worker', 'process_wrap', 'contextify', 'natives', 'builtins'])
      try { found.push(process.binding(name)); } catch {}
    return found.flatMap(Object.values).find((value) => value instanceof Object && /MessagePort|Worker/.test(Object.prototype.toString.call(value))) && 'a port'`,
};

/** With the globals that the browser gives a Worker, as if a program had found them. */
export const ofAWorker: Attempts = {
  'an origin of its own': `if (origin !== 'null') return origin`,
  'fetch with credentials': `return String((await fetch(SITE + 'secret', { credentials: 'include' })).status)`,
  'fetch without an answer': `await fetch(SITE + 'secret', { mode: 'no-cors', credentials: 'include' }); return 'sent'`,
  XMLHttpRequest: `
    const request = new XMLHttpRequest(); request.open('GET', SITE + 'secret', false); request.withCredentials = true;
    request.send(); return 'sent'`,
  WebSocket: `await new Promise((resolve, reject) => Object.assign(new WebSocket(SITE.replace('http', 'ws')), { onopen: resolve, onerror: reject })); return 'open'`,
  EventSource: `await new Promise((resolve, reject) => Object.assign(new EventSource(SITE + 'secret'), { onopen: resolve, onerror: reject })); return 'open'`,
  'importScripts of the site': `importScripts(SITE + 'page.js'); return 'loaded'`,
  'importScripts of elsewhere': `importScripts('https://example.com/x.js'); return 'loaded'`,
  'import() of the site': `await import(SITE + 'page.js'); return 'loaded'`,
  'import() of a data: address': `await import('data:text/javascript,0'); return 'loaded'`,
  indexedDB: `await new Promise((resolve, reject) => Object.assign(indexedDB.open('site'), { onsuccess: resolve, onerror: reject })); return 'open'`,
  'the Cache API': `return (await caches.keys()).join()`,
  'a file system': `await navigator.storage.getDirectory(); return 'open'`,
  locks: `await navigator.locks.request('site', () => {}); return 'taken'`,
  cookies: `return (await cookieStore.getAll()).length + ' cookies'`,
  'a Worker of the site': `new Worker(SITE + 'page.js'); return 'started'`,
  'a Worker of a data: address': `
    const worker = new Worker('data:text/javascript,postMessage(0)');
    await new Promise((resolve, reject) => Object.assign(worker, { onmessage: resolve, onerror: reject })); return 'started'`,
  'a Worker inside this one': `
    const code = "fetch(" + JSON.stringify(SITE + 'secret') + ", { credentials: 'include' }).then(() => postMessage('sent'), () => postMessage(undefined))";
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    return (await new Promise((resolve, reject) => Object.assign(worker, { onmessage: resolve, onerror: reject }))).data`,
  'a service worker': `await navigator.serviceWorker.register(SITE + 'page.js'); return 'registered'`,
  'a channel to the page': `new BroadcastChannel('site').postMessage('heard')`,
  'messages to the frame': `
    for (const message of ['loopbook:sandbox-ready', null, 5, {}, { type: 'part-wanted' }, { type: 'start', process: 1 },
      { type: 'part-wanted', name: '__proto__', answer: new ArrayBuffer(0) }, { type: 'part-wanted', name: {}, answer: 1 },
      { type: 'loopbook:load', runtime: '', library: '' }, { type: 'terminate', process: 1 }]) self.postMessage(message)`,
};

/** With the DOM of the sandboxed document, as if a Worker had found it. Attempts that would end the document come last. */
export const ofADocument: Attempts = {
  'an origin of its own': `if (origin !== 'null') return origin`,
  'the document of the host': `return parent.document.title`,
  'the document of the page': `return top.document.title`,
  'the address of the page': `return top.location.href`,
  'storage of the page': `return top.localStorage.length + ' items'`,
  'globals of the host': `return parent.sandboxDocument`,
  localStorage: `return localStorage.length + ' items'`,
  sessionStorage: `return sessionStorage.length + ' items'`,
  cookies: `return 'cookies: ' + document.cookie`,
  'setting a cookie': `document.cookie = 'secret=none'; return 'set'`,
  indexedDB: `await new Promise((resolve, reject) => Object.assign(indexedDB.open('site'), { onsuccess: resolve, onerror: reject })); return 'open'`,
  'the Cache API': `return (await caches.keys()).join()`,
  'a service worker': `await navigator.serviceWorker.register(SITE + 'page.js'); return 'registered'`,
  'storage access': `await document.requestStorageAccess(); return 'granted'`,
  'fetch with credentials': `return String((await fetch(SITE + 'secret', { credentials: 'include' })).status)`,
  'a beacon': `return navigator.sendBeacon(SITE + 'secret') ? undefined : undefined`,
  'an image': `await new Promise((resolve, reject) => Object.assign(new Image(), { onload: resolve, onerror: reject, src: SITE + 'secret' })); return 'loaded'`,
  'a script': `
    const script = Object.assign(document.createElement('script'), { src: SITE + 'page.js' });
    await new Promise((resolve, reject) => { Object.assign(script, { onload: resolve, onerror: reject }); document.body.append(script); }); return 'loaded'`,
  'an inline script': `
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.isInline = true' }));
    return globalThis.isInline && 'ran'`,
  'a style': `
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: SITE + 'secret' });
    await new Promise((resolve, reject) => { Object.assign(link, { onload: resolve, onerror: reject }); document.body.append(link); }); return 'loaded'`,
  'a frame of the site': `
    document.body.append(Object.assign(document.createElement('iframe'), { src: SITE + 'secret' }))`,
  'a window': `return open(SITE + 'secret') && 'open'`,
  'an empty window': `return open('about:blank') && 'open'`,
  'a dialog': `alert('hello')`,
  'a download': `Object.assign(document.createElement('a'), { href: 'data:,x', download: 'x.exe' }).click()`,
  'the clipboard': `return await navigator.clipboard.readText()`,
  'a camera': `await navigator.mediaDevices.getUserMedia({ video: true }); return 'on'`,
  'a channel to the page': `new BroadcastChannel('site').postMessage('heard')`,
  'messages to the page': `
    for (const target of [parent, top]) for (const message of ['loopbook:sandbox-ready', null, { type: 'exit', code: 0 },
      { type: 'loopbook:load', runtime: '', library: '' }]) target.postMessage(message, '*')`,
  'going back': `history.back()`,
  'a link of the page': `document.body.appendChild(Object.assign(document.createElement('a'), { href: SITE + 'secret', target: '_top' })).click()`,
  'a form of the page': `document.body.appendChild(Object.assign(document.createElement('form'), { action: SITE + 'secret', target: '_top' })).submit()`,
  'the page going elsewhere': `top.location = SITE + 'secret'; return 'gone'`,
  'the host going elsewhere': `parent.location.replace(SITE + 'secret'); return 'gone'`,
};
