/** The image that stands for a page where others link to it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import satori, { type Font } from 'satori';
import { colorNamed, readColors } from '../layouts/colors.ts';

/** What an image says. */
export interface Card {
  readonly title: string;
  /** Above the title: the page's place in the book, or nothing. */
  readonly place: string;
  /** Name of the book. */
  readonly book: string;
  /** What the book is. */
  readonly tagline: string;
}

const width = 1200;
const height = 630;
const face = 'Source Serif 4';
/** Scripts of the face that the package carries, in the order in which a letter is looked for. */
const scripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'];
const weights = [400, 600] as const;
/** Type sizes in pixels for titles up to so many characters; the last one serves for all longer ones. */
const titleSizes = [
  { characters: 26, size: 104 },
  { characters: 52, size: 76 },
  { characters: 90, size: 60 },
  { characters: Infinity, size: 48 },
];

type Face = Font & { readonly data: Buffer };
type Node = { readonly type: string; readonly props: Readonly<Record<string, unknown>> };

/** Draws cards in the colours of the book and with its mark. */
export class CardPress {
  /** Changes with everything but a card's own words that shows in an image. */
  readonly edition: string;
  readonly #fonts: readonly Face[];
  readonly #mark: string;
  readonly #colors: ReturnType<typeof readColors>;

  private constructor(fonts: readonly Face[], mark: string, tokens: string, source: string) {
    this.#fonts = fonts;
    this.#mark = mark;
    this.#colors = readColors(tokens);
    const hash = createHash('sha256')
      .update(source)
      .update(mark)
      .update(JSON.stringify([...this.#colors]));
    for (const { data } of fonts) hash.update(data);
    this.edition = hash.digest('hex');
  }

  /** Reads what every image needs; `mark` is an SVG. */
  static async open(mark: string): Promise<CardPress> {
    const { resolve } = createRequire(import.meta.url);
    const fonts = scripts.flatMap((script) =>
      weights.map(async (weight): Promise<Face> => {
        const file = resolve(
          `@fontsource/source-serif-4/files/source-serif-4-${script}-${weight}-normal.woff`,
        );
        return {
          name: script === 'latin' ? face : `${face} ${script}`,
          data: await readFile(file),
          weight,
          style: 'normal',
        };
      }),
    );
    const here = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
    return new CardPress(
      await Promise.all(fonts),
      mark,
      await here('../styles/tokens.css'),
      await here('card.ts'),
    );
  }

  /** A PNG of 1200 by 630 pixels. */
  async print(card: Card): Promise<Buffer> {
    const svg = await satori(this.#layOut(card), { width, height, fonts: [...this.#fonts] });
    const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
    return image.asPng();
  }

  #layOut({ title, place, book, tagline }: Card): Node {
    const { size } = titleSizes.find(({ characters }) => title.length <= characters) ?? { size: 48 };
    const quiet = this.#color('ink-quiet');
    const column = { display: 'flex', flexDirection: 'column', boxSizing: 'border-box' };
    return box(
      {
        ...column,
        width,
        height,
        padding: '68px 80px 60px',
        background: this.#color('paper'),
        color: this.#color('ink'),
      },
      [
        picture(this.#mark, 760, { position: 'absolute', right: -210, bottom: -290, opacity: 0.07 }),
        box({ display: 'flex', alignItems: 'center', fontSize: 38, fontWeight: 600 }, [
          picture(this.#mark, 60, { marginRight: 18, marginLeft: -8 }),
          book,
        ]),
        box({ ...column, flexGrow: 1, justifyContent: 'center' }, [
          box({ display: 'block', lineClamp: 1, fontSize: 34, color: quiet, marginBottom: 16 }, place),
          box(
            {
              display: 'block',
              lineClamp: 4,
              fontSize: size,
              fontWeight: 600,
              lineHeight: 1.12,
              letterSpacing: '-0.018em',
              wordBreak: 'break-word',
              // Clamped text is cut short when it is balanced.
              textWrap: size > 48 ? 'balance' : 'wrap',
            },
            title,
          ),
        ]),
        box(
          {
            display: 'flex',
            borderTop: `2px solid ${this.#color(tagline === '' ? 'paper' : 'rule')}`,
            paddingTop: 24,
            fontSize: 30,
            color: quiet,
          },
          tagline,
        ),
      ],
    );
  }

  #color(name: string): string {
    return colorNamed(this.#colors, name).light;
  }
}

function box(style: Readonly<Record<string, unknown>>, children: string | readonly (Node | string)[]): Node {
  return { type: 'div', props: { style, children } };
}

function picture(svg: string, side: number, style: Readonly<Record<string, unknown>>): Node {
  const src = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return { type: 'img', props: { src, width: side, height: side, style } };
}
