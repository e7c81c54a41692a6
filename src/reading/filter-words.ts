/** What a filter says of what it found. */
import { countOf } from '../playground/progress/progress.ts';

/** What a list has, in the singular: chapters, of which some have topics, or terms. */
export interface Nouns {
  readonly item: string;
  readonly part: string | undefined;
}

/** How much was found, as a sentence. */
export function describeFound({ item, part }: Nouns, items: number, parts: number): string {
  if (items === 0) return `No ${item} found.`;
  const ofParts = part !== undefined && parts > 0 ? `, ${countOf(parts, part)}` : '';
  return `${countOf(items, item)}${ofParts} found.`;
}

/** Why nothing was found: nothing fits what was typed, or what was chosen to be shown. */
export function explainNothing({ item, part }: Nouns, wanted: string, show: string): string {
  const chosen = new Map([
    ['begun', `You have begun no ${item} that is not read, as far as this browser knows.`],
    ['read', `You have read no ${item} yet, as far as this browser knows.`],
    ['unread', `You have read every ${item} that is written.`],
    ['written', `No ${item} is written yet.`],
  ]).get(show);
  if (wanted === '') return chosen ?? `There is no ${item} yet.`;
  const name = part === undefined ? item : `${item} and no ${part}`;
  const among = chosen === undefined ? '' : ' of those that you chose';
  return `No ${name}${among} has a word that begins with “${wanted}”.`;
}
