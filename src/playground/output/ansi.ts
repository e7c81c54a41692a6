/** What a program prints to a terminal → plain text with styles (ECMA-48, SGR). */

/** A colour: an index of the 16 of a terminal, or a CSS colour. */
export type AnsiColor = number | `rgb(${string})`;

/** How a piece of text looks; absent means the terminal's default. */
export interface AnsiStyle {
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
  readonly foreground?: AnsiColor;
  readonly background?: AnsiColor;
}

/** Text that looks the same from its first character to its last. */
export interface AnsiSpan {
  readonly text: string;
  readonly style: AnsiStyle;
}

type Attribute = keyof AnsiStyle;

const attributesOn: Readonly<Record<number, Attribute>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
};
const attributesOff: Readonly<Record<number, readonly Attribute[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  39: ['foreground'],
  49: ['background'],
};

// CSI …, then OSC and the other strings (a title, a link) to their terminator, then the two-character sequences.
const sequence =
  // oxlint-disable-next-line no-control-regex -- escape sequences are made of control characters
  /\x1b\[([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[\x20-\x2f]*[\x30-\x4f\x51-\x57\x59\x5a\x5c\x60-\x7e]/g;
// oxlint-disable-next-line no-control-regex -- the beginning of such a sequence at the end of a chunk
const unfinished = /\x1b(?:\[[\x20-\x3f]*|[\]PX^_][^\x07\x1b]*\x1b?|[\x20-\x2f]*)?$/;
// oxlint-disable-next-line no-control-regex -- what a page cannot show; line feeds and tabs stay
const unprintable = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
/** Movements, clearings, insertions, scrolling; erasing to the end of a line changes nothing where nothing stands. */
// oxlint-disable-next-line no-control-regex -- as above
const movement = /^\x1b(?:\[[\d;]*[A-JLMPSTX`@adefsu]|\[[12]K|\[\?(?:47|104[79])[hl]|[78DEMc])$/;
/** A terminal goes on at the beginning of the line, or one character before: over what stands there. */
const overwriting = /\r(?!\r*\n)|[\b]/;
/** A sequence that goes on for longer than this is no sequence. */
const longestSequence = 4096;

/** Reads one stream, chunk by chunk: sequences may be split anywhere. All but colours and faces is dropped. */
export class AnsiParser {
  #rest = '';
  #style: AnsiStyle = {};
  #movesCursor = false;

  /** Whether it met what only a terminal can show: output that does not go on where the last ended. */
  get movesCursor(): boolean {
    return this.#movesCursor;
  }

  /** The text of a chunk, in pieces of one style. */
  parse(chunk: string): AnsiSpan[] {
    let text = this.#rest + chunk;
    const cut = unfinished.exec(text) ?? /\r+$/.exec(text);
    this.#rest = cut && text.length - cut.index < longestSequence ? text.slice(cut.index) : '';
    text = text.slice(0, text.length - this.#rest.length);
    const spans: AnsiSpan[] = [];
    let start = 0;
    for (const match of text.matchAll(sequence)) {
      this.#push(spans, text.slice(start, match.index));
      start = match.index + match[0].length;
      this.#movesCursor ||= movement.test(match[0]);
      if (match[2] === 'm') this.#style = applySgr(this.#style, match[1] ?? '');
    }
    this.#push(spans, text.slice(start));
    return spans;
  }

  #push(spans: AnsiSpan[], raw: string): void {
    this.#movesCursor ||= overwriting.test(raw);
    // A terminal's line ends with CR LF; a bare CR would overwrite the line, which a log shows as another line.
    const text = raw.replace(/\r\n?/g, '\n').replace(unprintable, '');
    if (text !== '') spans.push({ text, style: this.#style });
  }
}

/** The text alone, as when it is compared. */
export function stripAnsi(text: string): string {
  return new AnsiParser()
    .parse(text)
    .map((span) => span.text)
    .join('');
}

function applySgr(before: AnsiStyle, parameters: string): AnsiStyle {
  // `38:2::r:g:b` is the same as `38;2;r;g;b`.
  const codes = parameters
    .replace(/(?<=[34]8:2):(?=:|\d*:\d*:\d*:)/g, '')
    .split(/[;:]/)
    .map(Number);
  let style: { -readonly [Key in Attribute]?: AnsiStyle[Key] | undefined } = { ...before };
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    const on = attributesOn[code];
    if (code === 0) style = {};
    else if (on && on !== 'foreground' && on !== 'background') style[on] = true;
    else if (code === 38 || code === 48) {
      const { color, length } = extendedColor(codes.slice(index + 1));
      if (color !== undefined) style[code === 38 ? 'foreground' : 'background'] = color;
      index += length;
    } else if (code >= 30 && code <= 37) style.foreground = code - 30;
    else if (code >= 40 && code <= 47) style.background = code - 40;
    else if (code >= 90 && code <= 97) style.foreground = code - 82;
    else if (code >= 100 && code <= 107) style.background = code - 92;
    else for (const attribute of attributesOff[code] ?? []) delete style[attribute];
  }
  // True: nothing above stores undefined; deleting removes the key.
  return style as AnsiStyle;
}

/** The colour after 38 or 48, and how many of the codes it takes. */
function extendedColor([kind, first = 0, second = 0, third = 0]: readonly number[]): {
  readonly color?: AnsiColor;
  readonly length: number;
} {
  if (kind === 2) return { color: `rgb(${[first, second, third].map(byte).join(' ')})`, length: 4 };
  if (kind !== 5) return { length: 1 };
  return { color: colorOfIndex(byte(first)), length: 2 };
}

/** One of the 256 colours of a terminal. */
export function colorOfIndex(index: number): AnsiColor {
  if (index < 16) return index;
  if (index >= 232) {
    const level = 8 + (index - 232) * 10;
    return `rgb(${level} ${level} ${level})`;
  }
  // A cube of six levels a channel.
  const channels = [36, 6, 1].map((place) => Math.floor((index - 16) / place) % 6);
  return `rgb(${channels.map((level) => (level === 0 ? 0 : 55 + level * 40)).join(' ')})`;
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.trunc(value) || 0));
}
