/** What a browser does around a request: cookies, redirects, and the rules between ports. */
import type { ProgramRequest, ProgramResponse } from '../../engine/engine.ts';
import { formatAddress, readAddress, resolveUrl } from './address.ts';
import type { Address } from './address.ts';
import type { CookieJar } from './cookie-jar.ts';
import { preflightOf, preflightRefusalOf, refusalOf } from './cross-origin.ts';
import { joinHeaders } from './header-lines.ts';
import type { PreviewRequest, Redirect } from './preview-protocol.ts';

const mostRedirects = 20;

/** Sends a request to a port of the program. */
export type SendRequest = (
  port: number,
  request: ProgramRequest,
  signal: AbortSignal,
) => Promise<ProgramResponse>;

/** An answer, and where it came from in the end. */
export interface Visit {
  readonly response: ProgramResponse;
  readonly address: Address;
  readonly isRedirected: boolean;
}

/** How a request is sent. */
export interface VisitOptions {
  readonly redirect: Redirect;
  readonly signal: AbortSignal;
  /** The page that asks; absent: it is the reader, or a link. */
  readonly from?: Address;
}

/** Sends requests of a reader or of a page to servers of one program. */
export class PreviewClient {
  readonly #send: SendRequest;
  readonly #jar: CookieJar;

  constructor(send: SendRequest, jar: CookieJar) {
    this.#send = send;
    this.#jar = jar;
  }

  /** Resolves with the head of the answer; rejects with a sentence. */
  async visit(request: PreviewRequest, options: VisitOptions): Promise<Visit> {
    let current = request;
    for (let count = 0; count <= mostRedirects; count++) {
      const address = readAddress(current.url);
      if (!address)
        throw new Error(
          `${shorten(current.url)} is no server of this program, and the preview reaches nothing else.`,
        );
      const response = await this.#ask(address, current, options);
      const next = options.redirect === 'manual' ? undefined : redirected(current, response);
      if (!next) return { response, address, isRedirected: count > 0 };
      await response.body.cancel();
      if (options.redirect === 'error') throw new Error(`${formatAddress(address)} leads to ${next.url}.`);
      // A fragment goes along where the new address has none.
      current = next.url.includes('#') ? next : { ...next, url: next.url + address.hash };
    }
    throw new Error(`The server redirected more than ${mostRedirects} times.`);
  }

  async #ask(address: Address, request: PreviewRequest, options: VisitOptions): Promise<ProgramResponse> {
    const { from, signal } = options;
    if (!from || from.port === address.port) return this.#exchange(address, request, signal);
    const origin = `http://localhost:${from.port}`;
    const asking = (each: PreviewRequest): Promise<ProgramResponse> =>
      this.#exchange(address, { ...each, headers: [...each.headers, ['Origin', origin]] }, signal);
    const preflight = preflightOf(request);
    if (preflight) {
      const answer = await asking(preflight);
      await answer.body.cancel();
      const refusal = preflightRefusalOf(answer, request, origin);
      if (refusal !== undefined) throw new Error(refusal);
    }
    const response = await asking(request);
    const refusal = refusalOf(response.headers, origin);
    if (refusal === undefined) return response;
    await response.body.cancel();
    throw new Error(refusal);
  }

  async #exchange(
    { port, path }: Address,
    { method, headers, body }: PreviewRequest,
    signal: AbortSignal,
  ): Promise<ProgramResponse> {
    const cookie = this.#jar.header(path);
    const sent = joinHeaders([
      ...headers.filter(([name]) => name.toLowerCase() !== 'cookie'),
      ...(cookie === '' ? [] : [['Cookie', cookie] as const]),
    ]);
    const request = { method, path, headers: sent, ...(body ? { body } : {}) };
    const response = await this.#send(port, request, signal);
    for (const [name, value] of response.headers)
      if (name.toLowerCase() === 'set-cookie') this.#jar.set(value, path);
    return response;
  }
}

/** The request that follows a redirect; undefined where there is none. */
export function redirected(
  request: PreviewRequest,
  { status, headers }: Pick<ProgramResponse, 'status' | 'headers'>,
): PreviewRequest | undefined {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  const url = resolveUrl(location, request.url);
  if (url === undefined) return undefined;
  const { method } = request;
  const becomesGet =
    status === 303 ? method !== 'GET' && method !== 'HEAD' : status < 303 && method === 'POST';
  if (!becomesGet) return { ...request, url };
  const kept = request.headers.filter(([name]) => !name.toLowerCase().startsWith('content-'));
  return { method: 'GET', url, headers: kept };
}

function shorten(url: string): string {
  return url.length > 200 ? `${url.slice(0, 200)}…` : url;
}
