/** Where the stations and stops of the book's loop line lie. */

/** The picture is a square of so many units. */
export const size = 400;
const center = size / 2;
const radius = 184;
/** The line is open where the book begins and ends, so that both can be seen; in radians. */
const opening = 0.3;
/** A station takes the room of so many stops. */
const stationRoom = 2;

/** A point of the line, with where it lies between the line's ends, from 0 to 1. */
export interface Stop {
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

/** The points of a line, in order. */
export interface LoopLine {
  /** One a part. */
  readonly stations: readonly Stop[];
  /** One a chapter, through the whole book. */
  readonly stops: readonly Stop[];
  /** Distance between two stops. */
  readonly step: number;
}

/** Lays out parts of so many chapters each, clockwise from the top. */
export function layOutLoop(chapterCounts: readonly number[]): LoopLine {
  const room = chapterCounts.reduce((sum, count) => sum + stationRoom + count, 0);
  const stations: Stop[] = [];
  const stops: Stop[] = [];
  let used = 0;
  for (const count of chapterCounts) {
    stations.push(stopAt((used + stationRoom / 2) / room));
    used += stationRoom;
    for (let index = 0; index < count; index += 1) stops.push(stopAt((used + index + 0.5) / room));
    used += count;
  }
  return { stations, stops, step: ((2 * Math.PI - opening) * radius) / room };
}

/** The line itself between two of its points, as the data of a path. */
export function lineBetween(from: number, to: number): string {
  const [start, end] = [stopAt(from), stopAt(to)];
  const isLarge = (to - from) * (2 * Math.PI - opening) > Math.PI;
  return `M${start.x} ${start.y}A${radius} ${radius} 0 ${isLarge ? 1 : 0} 1 ${end.x} ${end.y}`;
}

/** A tie between two stops through the inside of the loop: the farther apart, the nearer to its middle. */
export function tieBetween(from: Stop, to: Stop): string {
  const inner = (radius - 10) / radius;
  const distance = Math.hypot(to.x - from.x, to.y - from.y) / (2 * radius);
  const pull = 0.86 - 0.6 * distance;
  const toward = (value: number, share: number) => round(center + (value - center) * share);
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return (
    `M${toward(from.x, inner)} ${toward(from.y, inner)}` +
    `Q${toward(middle.x, pull)} ${toward(middle.y, pull)} ${toward(to.x, inner)} ${toward(to.y, inner)}`
  );
}

function stopAt(at: number): Stop {
  const angle = opening / 2 + at * (2 * Math.PI - opening);
  return {
    x: round(center + radius * Math.sin(angle)),
    y: round(center - radius * Math.cos(angle)),
    at,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
