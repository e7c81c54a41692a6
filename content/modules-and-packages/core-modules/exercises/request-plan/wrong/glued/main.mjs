// says: The path cart has no slash in front. Let new URL join path and base: glued, they name another host.
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';

export function planRequest(args) {
  const { values, positionals } = parseArgs({
    args,
    options: {
      base: { type: 'string', default: 'https://shop.example' },
      query: { type: 'string', multiple: true, default: [] },
    },
    allowPositionals: true,
  });

  const url = new URL(values.base + (positionals[0] ?? '/'));
  for (const pair of values.query) {
    const end = pair.includes('=') ? pair.indexOf('=') : pair.length;
    url.searchParams.append(pair.slice(0, end), pair.slice(end + 1));
  }
  const id = createHash('sha256').update(url.href).digest('hex').slice(0, 12);
  return { url: url.href, id };
}
