/** The cover: the book's name beside its loop. */
import { Resvg } from '@resvg/resvg-js';
import { h, s } from 'hastscript';
import { toHtml } from 'hast-util-to-html';
import type { Element } from 'hast';
import { colorOf } from './colors.ts';
import type { Edition } from './edition.ts';

const [width, height] = [1200, 1800];

/** The cover as a drawing. */
export function coverDrawing({ identity: { title, tagline, author } }: Edition): Element {
  const [paper, ink, accent] = [colorOf('paper'), colorOf('ink'), colorOf('accent')];
  // The drawer of the PNG looks for the first name only.
  const serif = "'Liberation Serif', Georgia, serif";
  const sans = "'Liberation Sans', Arial, sans-serif";
  const stops = Array.from({ length: 12 }, (_, index) => {
    const angle = (index / 12) * 2 * Math.PI;
    return s('circle', {
      cx: (600 + 330 * Math.cos(angle)).toFixed(1),
      cy: (1130 + 330 * Math.sin(angle)).toFixed(1),
      r: 17,
      fill: index === 9 ? accent : paper,
      stroke: accent,
      strokeWidth: 9,
    });
  });
  return s('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height }, [
    // Wider than the drawing, for pages that are wider.
    s('rect', { x: -width, width: 3 * width, height, fill: paper }),
    s('rect', { x: -width, width: 3 * width, height: 24, fill: accent }),
    s(
      'text',
      { x: 110, y: 360, fontFamily: serif, fontSize: titleSize(title), fontWeight: 700, fill: ink },
      title,
    ),
    s('text', { x: 116, y: 460, fontFamily: sans, fontSize: 52, fill: colorOf('ink-quiet') }, tagline),
    s('circle', { cx: 600, cy: 1130, r: 330, fill: 'none', stroke: accent, strokeWidth: 14 }),
    ...stops,
    s('text', { x: 116, y: 1660, fontFamily: sans, fontSize: 46, fill: ink }, author),
  ]);
}

/** The cover as a PNG, 1200 by 1800. */
export function coverImage(edition: Edition): Uint8Array {
  const drawing = toHtml(h(null, [coverDrawing(edition)]), { space: 'svg' });
  return new Resvg(drawing, { font: { loadSystemFonts: true } }).render().asPng();
}

/** A long title is set smaller, so that it fits a line. */
function titleSize(title: string): number {
  return Math.min(190, Math.floor(1700 / Math.max(title.length, 1)));
}
