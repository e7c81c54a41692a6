/** Where the parts of a URL stand in its text: the nine numbers that Node's URL class works with. */

const omitted = 0xffffffff;

/** Numbers of the special schemes, as the `ada` parser counts them; every other scheme is 1. */
const schemeTypes: Readonly<Record<string, number>> = {
  'http:': 0,
  'https:': 2,
  'ws:': 3,
  'ftp:': 4,
  'wss:': 5,
  'file:': 6,
};

/**
 * Fills `components` with protocol end, username end, host start, host end, port, pathname start, search start, hash
 * start and scheme type of a parsed URL.
 */
export function writeComponents(url: Pick<URL, 'href' | 'protocol' | 'port'>, components: Uint32Array): void {
  const { href, protocol, port } = url;
  const protocolEnd = protocol.length;
  const fragment = href.indexOf('#');
  const beforeFragment = fragment < 0 ? href : href.slice(0, fragment);
  const query = beforeFragment.indexOf('?');
  const end = query < 0 ? beforeFragment.length : query;

  let usernameEnd = protocolEnd;
  let hostStart = protocolEnd;
  let hostEnd = protocolEnd;
  let pathnameStart = protocolEnd;
  if (href.startsWith('//', protocolEnd)) {
    const authority = protocolEnd + 2;
    const slash = href.indexOf('/', authority);
    pathnameStart = slash < 0 || slash > end ? end : slash;
    const at = href.slice(authority, pathnameStart).lastIndexOf('@');
    const credentials = at < 0 ? '' : href.slice(authority, authority + at);
    const colon = credentials.indexOf(':');
    hostStart = authority + Math.max(at, 0);
    usernameEnd = at < 0 ? authority : authority + (colon < 0 ? at : colon);
    hostEnd = pathnameStart - (port === '' ? 0 : port.length + 1);
  } else if (href.startsWith('/.//', protocolEnd)) {
    // `/.` keeps a path that begins with two slashes from being read as a host; it is no part of the path.
    pathnameStart += 2;
  }
  components.set([
    protocolEnd,
    usernameEnd,
    hostStart,
    hostEnd,
    port === '' ? omitted : Number(port),
    pathnameStart,
    query < 0 ? omitted : query,
    fragment < 0 ? omitted : fragment,
    schemeTypes[protocol] ?? 1,
  ]);
}
