/** What the number at the head of an answer says. */

const phrases: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  411: 'Length Required',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  418: "I'm a Teapot",
  422: 'Unprocessable Entity',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** How an answer is to be taken. */
export type StatusClass = 'success' | 'redirect' | 'client-error' | 'server-error';

/** The class of a status. */
export function classOf(status: number): StatusClass {
  if (status >= 500) return 'server-error';
  if (status >= 400) return 'client-error';
  return status >= 300 ? 'redirect' : 'success';
}

const classes: Readonly<Record<StatusClass, string>> = {
  success: 'success',
  redirect: 'redirect',
  'client-error': 'the request was refused',
  'server-error': 'the server failed',
};

/** A status in words, as in `404 Not Found: the request was refused`. */
export function describeStatus(status: number, statusText: string): string {
  const phrase = statusText || phrases[status];
  return `${status}${phrase === undefined ? '' : ` ${phrase}`}: ${classes[classOf(status)]}`;
}

/** A time in milliseconds, as in `12 ms` or `1.25 s`. */
export function describeTime(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toLocaleString('en', { maximumFractionDigits: 2 })} s`;
}
