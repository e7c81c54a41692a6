/** PEM: base64 between lines that name what it is. */

/** A block of PEM. */
export interface PemBlock {
  /** As in `PRIVATE KEY`. */
  readonly label: string;
  /** Fields of a header, as encrypted keys of the old form have them. */
  readonly headers: ReadonlyMap<string, string>;
  readonly content: Uint8Array;
}

const block = /-----BEGIN ([A-Z\d ]+)-----[ \t]*\r?\n([\s\S]*?)-----END \1-----/g;
const header = /^([\w-]+): *(.*)$/;

/** The blocks of a text, in order. What is not base64 is left out. */
export function readPem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  for (const [, label = '', body = ''] of text.matchAll(block)) {
    const headers = new Map<string, string>();
    let base64 = '';
    for (const line of body.split(/\r?\n/)) {
      const [, name, value] = header.exec(line) ?? [];
      if (name !== undefined && value !== undefined) headers.set(name, value.trim());
      else base64 += line.trim();
    }
    const content = decodeBase64(base64);
    if (content) blocks.push({ label, headers, content });
  }
  return blocks;
}

/** One block, in lines of 64 characters. */
export function writePem(
  label: string,
  content: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): string {
  const lines = encodeBase64(content).match(/.{1,64}/g) ?? [];
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  const separator = head.length > 0 ? '\n' : '';
  return `-----BEGIN ${label}-----\n${head.join('')}${separator}${lines.join('\n')}\n-----END ${label}-----\n`;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [one = 0, two = 0, three = 0] = bytes.subarray(index, index + 3);
    const group = (one << 16) | (two << 8) | three;
    for (const shift of [18, 12, 6, 0]) text += alphabet[(group >> shift) & 63] ?? '';
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return text.slice(0, text.length - missing) + '='.repeat(missing);
}

function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z\d+/]*={0,2}$/.test(text)) return undefined;
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let [group, position] = [0, 0];
  for (let index = 0; index < digits.length; index++) {
    group = ((group << 6) | alphabet.indexOf(digits.charAt(index))) & 0xffffff;
    if (index % 4 !== 0) bytes[position++] = (group >> (6 - 2 * (index % 4))) & 255;
  }
  return bytes;
}
