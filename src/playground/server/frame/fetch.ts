/** `fetch` and `navigator.sendBeacon` that reach the program. */
import { limits } from '../preview-protocol.ts';
import type { PreviewRequest } from '../preview-protocol.ts';
import type { FrameResponse, Link } from './link.ts';

const withoutBody = [101, 204, 205, 304];

/** What the page's `fetch` is replaced by. */
export function createFetch(link: Link): typeof fetch {
  return async (input, init) => {
    const request = new Request(input instanceof Request ? input : link.resolve(String(input)), init);
    const wire = await toWire(request);
    try {
      return toResponse(await link.request(wire, request.redirect, request.signal));
    } catch (error) {
      if (request.signal.aborted) throw error;
      console.error(error instanceof Error ? error.message : error);
      throw new TypeError('Failed to fetch', { cause: error });
    }
  };
}

/** What the page's `sendBeacon` is replaced by. */
export function createSendBeacon(link: Link): Navigator['sendBeacon'] {
  return (url, data) => {
    const request = new Request(link.resolve(String(url)), { method: 'POST', body: data ?? null });
    toWire(request)
      .then((wire) => link.request(wire, 'follow'))
      .catch((error: unknown) => console.error(error));
    return true;
  };
}

/** A request as it goes over the port. */
async function toWire(request: Request): Promise<PreviewRequest> {
  const { method, url } = request;
  const headers = [...request.headers];
  if (!request.headers.has('accept')) headers.push(['accept', '*/*']);
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.length > limits.body) throw new TypeError('The body is longer than the preview sends.');
  return { method, url, headers, ...(request.body || body.length > 0 ? { body } : {}) };
}

function toResponse({ status, statusText, headers, body, url, isRedirected }: FrameResponse): Response {
  const response = new Response(withoutBody.includes(status) ? null : body, {
    status,
    statusText,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  });
  return Object.defineProperties(response, {
    url: { value: url },
    redirected: { value: isRedirected },
    type: { value: 'basic' },
  });
}
