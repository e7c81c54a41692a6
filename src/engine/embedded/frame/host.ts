/**
 * Runs in the host document, which has the site's origin and a policy of its own. It holds nothing but the sandboxed
 * document, and hands the engine's code on to it.
 */
import { sandboxReady } from '../protocol.ts';

declare global {
  /** The sandboxed document's text, which the build puts in front of this script. */
  var sandboxDocument: string;
}

const sandbox = document.createElement('iframe');
sandbox.setAttribute('sandbox', 'allow-scripts');
sandbox.allow = 'cross-origin-isolated';
sandbox.srcdoc = sandboxDocument;

addEventListener('message', ({ source, origin, data, ports }: MessageEvent<unknown>) => {
  if (source === parent && origin === location.origin) {
    // An opaque origin has no name to send to; only our own document is in that frame.
    sandbox.contentWindow?.postMessage(data, '*', [...ports]);
  } else if (source === sandbox.contentWindow && data === sandboxReady) {
    parent.postMessage(sandboxReady, location.origin);
  }
});
document.body.append(sandbox);
