/** The icons that browsers and systems ask for, drawn from the one SVG of the mark. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { colorNamed, readColors } from '../layouts/colors.ts';
import type { PublishStep } from './built-site.ts';

/** Pictures on paper: their names and sizes in pixels. */
const onPaper: readonly (readonly [name: string, size: number])[] = [
  ['apple-touch-icon.png', 180],
  ['icon-192.png', 192],
  ['icon-512.png', 512],
];
const icoSize = 32;
/** Of the side; what is drawn stays within the circle of 80 % that every mask leaves. */
const markShare = 0.8;

/** Draws them from the `favicon.svg` of the site. */
export const icons: PublishStep = {
  name: 'icons',
  async run({ directory }) {
    const mark = await readFile(join(directory, 'favicon.svg'), 'utf8');
    const tokens = await readFile(new URL('../styles/tokens.css', import.meta.url), 'utf8');
    const paper = colorNamed(readColors(tokens), 'paper').light;
    const framed = markOnPaper(mark, paper);
    await Promise.all([
      ...onPaper.map(([name, size]) => writeFile(join(directory, name), drawn(framed, size))),
      writeFile(join(directory, 'favicon.ico'), icoOf(drawn(mark, icoSize), icoSize)),
    ]);
    return `favicon.ico, ${onPaper.map(([name]) => name).join(', ')}`;
  },
};

function markOnPaper(mark: string, paper: string): string {
  const inset = (1 - markShare) / 2;
  const placed = mark.replace(
    '<svg',
    `<svg x="${inset}" y="${inset}" width="${markShare}" height="${markShare}"`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1" fill="${paper}"/>${placed}</svg>`;
}

function drawn(svg: string, size: number): Buffer {
  const options = { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } } as const;
  return new Resvg(svg, options).render().asPng();
}

/** A PNG as the only picture of an ICO file. Source: https://learn.microsoft.com/en-us/windows/win32/menurc/newheader */
function icoOf(png: Buffer, size: number): Buffer {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2); // an icon,
  header.writeUInt16LE(1, 4); // with one picture
  header.writeUInt8(size, 6);
  header.writeUInt8(size, 7);
  header.writeUInt16LE(1, 10); // plane
  header.writeUInt16LE(32, 12); // bits a pixel
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}
