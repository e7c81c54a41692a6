/** Tells a reader why a host cannot be reached from here: to the program it is an address that is not there. */
import { parseIp } from './ip-address.ts';
import type { Realm } from './realm.ts';

/** Names that no network has: reserved for tests and examples (RFC 2606), or names of a machine's own surroundings. */
const localName = /^[^.]*$|\.(?:example|internal|invalid|lan|local|localhost|test)$/i;

/** Whether a terminal would find the host where this engine does not. */
export function isOutside(host: string): boolean {
  return parseIp(host) !== undefined || !localName.test(host.replace(/\.$/, ''));
}

/** Returns a function to call with each host that was not reached: it writes one line to stderr, the first time. */
export function explainUnreachableHosts({ host: { TextEncoder }, streams }: Realm): (host: string) => void {
  let isExplained = false;
  return (host) => {
    if (isExplained || !isOutside(host)) return;
    isExplained = true;
    const explanation =
      `(${host} is out of reach: a program in this engine has no network but its own. A terminal has one; ` +
      `a WebContainer reaches servers as a page does, if they allow it by CORS.)\n`;
    streams.write(2, new TextEncoder().encode(explanation));
  };
}
