// says: The value «tea & milk» has to be encoded. Let url.searchParams do it.
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
  const query = values.query.length > 0 ? `?${values.query.join('&')}` : '';
  const url = new URL(positionals[0] + query, values.base).href;
  const id = createHash('sha256').update(url).digest('hex').slice(0, 12);
  return { url, id };
}
