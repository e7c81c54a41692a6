// says: 80x is no port, and was accepted. parseInt stops at the first character that is no digit.
import { parseArgs } from 'node:util';

export function readSettings(args) {
  const { values, positionals } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '3000' },
      verbose: { type: 'boolean', short: 'v', default: false },
    },
    allowPositionals: true,
  });
  const port = parseInt(values.port, 10);
  if (Number.isNaN(port) || port < 0 || port > 65535) throw new RangeError('no port');
  return { port, verbose: values.verbose, files: positionals };
}
