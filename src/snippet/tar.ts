/** Writes tar archives that depend on nothing but their files: no times, no owners. */

/** One file of an archive. */
export interface ArchivedFile {
  /** Path with `/`; in ASCII, and short enough for the format. */
  readonly name: string;
  readonly content: Uint8Array;
}

const block = 512;

/** A POSIX tar archive (ustar) of ordinary files. Throws for a name that the format cannot hold. */
export function createTar(files: readonly ArchivedFile[]): Buffer {
  const parts = files.flatMap(({ name, content }) => [
    header(name, content.length),
    content,
    Buffer.alloc((block - (content.length % block)) % block),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header(path: string, size: number): Buffer {
  const { prefix, name } = split(path);
  const bytes = Buffer.alloc(block);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  bytes.write(name, 0, 'latin1');
  bytes.write(octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(0, 12), 100, 'latin1');
  bytes.write('        0', 148, 'latin1');
  bytes.write('ustar\x0000', 257, 'latin1');
  bytes.write(prefix, 345, 'latin1');
  // The sum is taken with blanks in its own place.
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}

/** The format has 100 bytes for the end of a path and 155 for its beginning. */
function split(path: string): { readonly prefix: string; readonly name: string } {
  if (!/^[\x20-\x7e]+$/.test(path)) throw new RangeError(`${path}: the name is not ASCII.`);
  if (path.length <= 100) return { prefix: '', name: path };
  const slash = path.indexOf('/', path.length - 101);
  const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)];
  if (slash < 0 || prefix.length > 155 || name === '') throw new RangeError(`${path}: the name is too long.`);
  return { prefix, name };
}
