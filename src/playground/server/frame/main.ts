/**
 * Runs in the sandboxed document of a preview, before any script of the page that is shown in it: gets the page over a port,
 * gives it ways to the program instead of a network, and writes it.
 */
import { previewReady } from '../preview-protocol.ts';
import { createEventSource } from './event-source.ts';
import { createFetch, createSendBeacon } from './fetch.ts';
import { Link } from './link.ts';
import { Navigation } from './navigation.ts';
import { Resources } from './resources.ts';
import { createWebSocket } from './web-socket.ts';
import { createXmlHttpRequest } from './xml-http-request.ts';

/** Ways out of the sandbox that no policy closes. */
const closed = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport'];

async function show(link: Link, url: string, html: string): Promise<void> {
  for (const name of closed) Reflect.deleteProperty(globalThis, name);
  const ask = createFetch(link);
  const replaced = {
    fetch: ask,
    XMLHttpRequest: createXmlHttpRequest(ask),
    EventSource: createEventSource(link, ask),
    WebSocket: createWebSocket(link),
  };
  for (const [name, value] of Object.entries(replaced))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  navigator.sendBeacon = createSendBeacon(link);
  const navigation = new Navigation(link, url);
  navigation.install();
  const resources = new Resources(link, (target) => navigation.go(target));
  const page = new DOMParser().parseFromString(html, 'text/html');
  await resources.prepare(page, url);
  document.open();
  navigation.listen();
  resources.watch();
  document.write(`${page.doctype ? '<!doctype html>' : ''}${page.documentElement.outerHTML}`);
  document.close();
  const { hash } = new URL(url);
  if (hash !== '') location.hash = hash;
}

addEventListener('message', function start({ source, ports }) {
  const [port] = ports;
  if (source !== parent.parent || !port) return;
  removeEventListener('message', start);
  const link = new Link(port, ({ url, html }) => void show(link, url, html));
});
// The window of the site, around the document that holds this one. An opaque origin has no name, and needs none to speak.
parent.parent.postMessage(previewReady, '*');
