/** Text with the colours and faces of a terminal as elements of the page: the classes stand in plate.css. */
import type { AnsiColor, AnsiSpan, AnsiStyle } from './ansi.ts';

/** A piece of text; a text node alone where it looks like the rest. */
export function createText({ text, style }: AnsiSpan): Node {
  const classes = classesOf(style);
  if (classes.length === 0) return document.createTextNode(text);
  const element = document.createElement('span');
  element.className = classes.join(' ');
  if (typeof style.foreground === 'string') element.style.setProperty('--ansi-foreground', style.foreground);
  if (typeof style.background === 'string') element.style.setProperty('--ansi-background', style.background);
  element.textContent = text;
  return element;
}

function classesOf({ foreground, background, ...faces }: AnsiStyle): string[] {
  const color = (kind: string, value: AnsiColor) =>
    typeof value === 'number' ? [`ansi-${kind}`, `ansi-${kind}-${value % 8}`] : [`ansi-${kind}`];
  return [
    ...Object.keys(faces).map((face) => `ansi-${face}`),
    // Bright black is what terminals write quietly in.
    ...(foreground === undefined ? [] : foreground === 8 ? ['ansi-dim'] : color('foreground', foreground)),
    ...(background === undefined ? [] : color('background', background)),
  ];
}
