/** What a page of one port may ask another port of the same program: the rules of CORS, as browsers apply them. */
import type { HeaderList, PreviewRequest } from './preview-protocol.ts';

const plainMethods = ['GET', 'HEAD', 'POST'];
const plainHeaders = ['accept', 'accept-language', 'content-language', 'range'];
const plainTypes = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(?:;|$)/i;

/** Headers for which the server has to be asked first, in lower case. */
function unusualHeaders(headers: HeaderList): string[] {
  return headers
    .filter(([name, value]) => {
      const key = name.toLowerCase();
      return key === 'content-type' ? !plainTypes.test(value) : !plainHeaders.includes(key);
    })
    .map(([name]) => name.toLowerCase())
    .toSorted();
}

/** The question that a browser asks before a request that is not plain; undefined where it asks none. */
export function preflightOf({ method, url, headers }: PreviewRequest): PreviewRequest | undefined {
  const unusual = unusualHeaders(headers);
  if (plainMethods.includes(method) && unusual.length === 0) return undefined;
  const asked: [string, string][] = [['Access-Control-Request-Method', method]];
  if (unusual.length > 0) asked.push(['Access-Control-Request-Headers', unusual.join(',')]);
  return { method: 'OPTIONS', url, headers: [['Accept', '*/*'], ...asked] };
}

/** Why a page of `origin` may not read the answer, as a browser says it; undefined: it may. */
export function refusalOf(headers: HeaderList, origin: string): string | undefined {
  const allowed = valueOf(headers, 'access-control-allow-origin');
  if (allowed === '*' || allowed === origin) return undefined;
  return allowed === undefined
    ? `The answer has no Access-Control-Allow-Origin: a page of ${origin} may not read it.`
    : `The answer's Access-Control-Allow-Origin is “${allowed}”, not ${origin}.`;
}

/** Why the answer to a preflight forbids the request; undefined: it allows it. */
export function preflightRefusalOf(
  answer: { readonly status: number; readonly headers: HeaderList },
  { method, headers }: PreviewRequest,
  origin: string,
): string | undefined {
  if (answer.status < 200 || answer.status > 299)
    return `The server answered the preflight (OPTIONS) with ${answer.status}, not with success.`;
  const refusal = refusalOf(answer.headers, origin);
  if (refusal !== undefined) return refusal;
  const methods = wordsOf(answer.headers, 'access-control-allow-methods');
  if (!plainMethods.includes(method) && !methods.includes(method.toLowerCase()) && !methods.includes('*'))
    return `The preflight's Access-Control-Allow-Methods does not have ${method}.`;
  const names = wordsOf(answer.headers, 'access-control-allow-headers');
  const missing = unusualHeaders(headers).find((name) => !names.includes(name) && !names.includes('*'));
  return missing === undefined
    ? undefined
    : `The preflight's Access-Control-Allow-Headers does not have ${missing}.`;
}

function valueOf(headers: HeaderList, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function wordsOf(headers: HeaderList, wanted: string): string[] {
  return (valueOf(headers, wanted) ?? '').split(',').map((word) => word.trim().toLowerCase());
}
