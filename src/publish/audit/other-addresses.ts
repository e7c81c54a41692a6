/** Addresses in files of a site that are no pages. */
import { z } from 'zod';
import type { Reference } from './references.ts';

/** What an installed site shows: https://www.w3.org/TR/appmanifest/ */
const manifestSchema = z.object({
  start_url: z.string().optional(),
  scope: z.string().optional(),
  icons: z.array(z.object({ src: z.string() })).default([]),
  screenshots: z.array(z.object({ src: z.string() })).default([]),
  shortcuts: z.array(z.object({ url: z.string() })).default([]),
});

/** Addresses in a web app manifest; throws where it has another form. */
export function manifestAddresses(text: string): Reference[] {
  const { start_url, scope, icons, screenshots, shortcuts } = manifestSchema.parse(JSON.parse(text));
  return [
    ...[start_url, scope].map((address) => ({ address, from: 'start_url or scope' })),
    ...[...icons, ...screenshots].map(({ src }) => ({ address: src, from: 'src' })),
    ...shortcuts.map(({ url }) => ({ address: url, from: 'shortcuts' })),
  ].flatMap(({ address, from }) => (address === undefined ? [] : [{ address, from, line: 1 }]));
}

/** Addresses in a style sheet. */
export function styleAddresses(text: string): Reference[] {
  return [...text.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)/g)].map(
    ([, double, simple, bare]) => ({ address: double ?? simple ?? bare ?? '', from: 'url()', line: 1 }),
  );
}
