/** Reads the archives in which files come to engines: POSIX tar, uncompressed, with the long names of GNU and pax. */

/** What an archive holds under one name. */
export type TarEntry = { readonly name: string; readonly permissions: number } & (
  | { readonly kind: 'file'; readonly content: Uint8Array }
  | { readonly kind: 'directory' }
  | { readonly kind: 'symbolic-link' | 'hard-link'; readonly target: string }
);

const block = 512;
// Made before a program can change what the name stands for.
const decoder = new TextDecoder();

/** The entries in their order; contents are views of the archive. Throws a `RangeError` where it is cut off. */
export function* readTar(archive: Uint8Array): Generator<TarEntry, void, undefined> {
  let longNames: Readonly<Record<string, string>> = {};
  for (let at = 0; at + block <= archive.length && archive[at] !== 0;) {
    const header = archive.subarray(at, at + block);
    const size = octal(header, 124, 12);
    const content = archive.subarray(at + block, at + block + size);
    if (content.length < size) throw new RangeError('The archive is cut off.');
    at += block + Math.ceil(size / block) * block;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'x') longNames = { ...longNames, ...paxRecords(content) };
    else if (type === 'L') longNames = { ...longNames, path: text(content, 0, size) };
    else if (type === 'K') longNames = { ...longNames, linkpath: text(content, 0, size) };
    else if (type !== 'g') {
      const name = (longNames['path'] ?? shortName(header)).replace(/^\.\//, '').replace(/\/+$/, '');
      const target = longNames['linkpath'] ?? text(header, 157, 100);
      const permissions = octal(header, 100, 8) & 0o7777;
      longNames = {};
      if (type === '0' || type === '\0') yield { kind: 'file', name, permissions, content };
      else if (type === '5') yield { kind: 'directory', name, permissions };
      else if (type === '2') yield { kind: 'symbolic-link', name, permissions, target };
      else if (type === '1') yield { kind: 'hard-link', name, permissions, target };
    }
  }
}

/** The name, behind the prefix that POSIX has for long ones; GNU's header has other things in its place. */
function shortName(header: Uint8Array): string {
  const name = text(header, 0, 100);
  const prefix = text(header, 257, 6) === 'ustar' ? text(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Records of the form `<length> <key>=<value>\n`, whose length counts the whole record. */
function paxRecords(content: Uint8Array): Record<string, string> {
  const records: Record<string, string> = {};
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const length = Number(decoder.decode(content.subarray(at, space)));
    if (!(length > 0)) break;
    const record = decoder.decode(content.subarray(space + 1, at + length - 1));
    const sign = record.indexOf('=');
    records[record.slice(0, sign)] = record.slice(sign + 1);
    at += length;
  }
  return records;
}

function text(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return decoder.decode(end < 0 ? field : field.subarray(0, end));
}

function octal(bytes: Uint8Array, start: number, length: number): number {
  return Number.parseInt(text(bytes, start, length), 8) || 0;
}
