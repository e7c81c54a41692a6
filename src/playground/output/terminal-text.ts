/** What a terminal shows, as text with styles: what stays on the page when the program has ended. */
import type { IBuffer, IBufferCell, IBufferLine } from '@xterm/xterm';
import { colorOfIndex } from './ansi.ts';
import type { AnsiColor, AnsiSpan, AnsiStyle } from './ansi.ts';

/** All lines of a screen with those that scrolled out of it; a line that the terminal wrapped is one. */
export function readScreen(buffer: IBuffer): AnsiSpan[] {
  const spans: AnsiSpan[] = [];
  let text = '';
  let style: AnsiStyle = {};
  let key = '';
  const push = (next: AnsiStyle, nextKey: string) => {
    if (text !== '') spans.push({ text, style });
    [text, style, key] = ['', next, nextKey];
  };
  const cell = buffer.getNullCell();
  for (let y = 0; y < lastLine(buffer); y += 1) {
    const line = buffer.getLine(y);
    if (!line) continue;
    const goesOn = buffer.getLine(y + 1)?.isWrapped === true;
    const end = goesOn ? line.length : lastColumn(line, cell);
    for (let x = 0; x < end; x += 1) {
      const current = line.getCell(x, cell);
      // The second half of a wide character.
      if (!current || current.getWidth() === 0) continue;
      const nextKey = keyOf(current);
      if (nextKey !== key) push(styleOf(current), nextKey);
      text += current.getChars() || ' ';
    }
    if (goesOn) continue;
    if (key !== '') push({}, '');
    text += '\n';
  }
  push({}, '');
  return spans;
}

/** Number of lines up to the last that shows something. */
function lastLine(buffer: IBuffer): number {
  let count = buffer.length;
  while (
    count > 0 &&
    buffer
      .getLine(count - 1)
      ?.translateToString(true)
      .trim() === ''
  )
    count -= 1;
  return count;
}

/** Number of columns up to the last that shows something. */
function lastColumn(line: IBufferLine, cell: IBufferCell): number {
  let count = line.length;
  for (; count > 0; count -= 1) {
    const last = line.getCell(count - 1, cell);
    if (last && (last.getChars().trim() !== '' || !last.isBgDefault() || last.isInverse() !== 0)) break;
  }
  return count;
}

/** Equal for cells that look alike; empty for one without a style. */
function keyOf(cell: IBufferCell): string {
  if (cell.isAttributeDefault()) return '';
  const faces = [cell.isBold(), cell.isDim(), cell.isItalic(), cell.isUnderline(), cell.isInverse()];
  const colors = [cell.getFgColorMode(), cell.getFgColor(), cell.getBgColorMode(), cell.getBgColor()];
  return [...faces.map(Boolean), ...colors].join();
}

function styleOf(cell: IBufferCell): AnsiStyle {
  const isForeground = !cell.isFgDefault();
  const isBackground = !cell.isBgDefault();
  return {
    ...(cell.isBold() && { bold: true }),
    ...(cell.isDim() && { dim: true }),
    ...(cell.isItalic() && { italic: true }),
    ...(cell.isUnderline() && { underline: true }),
    ...(cell.isInverse() && { inverse: true }),
    ...(isForeground && { foreground: colorOf(cell.getFgColor(), cell.isFgRGB()) }),
    ...(isBackground && { background: colorOf(cell.getBgColor(), cell.isBgRGB()) }),
  };
}

function colorOf(value: number, isRgb: boolean): AnsiColor {
  return isRgb ? `rgb(${value >> 16} ${(value >> 8) & 255} ${value & 255})` : colorOfIndex(value);
}
