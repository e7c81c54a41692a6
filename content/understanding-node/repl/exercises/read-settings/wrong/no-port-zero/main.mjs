// says: 0 is a port, and was refused. Ports go from 0 to 65535, both included.
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
  const port = Number(values.port);
  if (!port || !Number.isInteger(port) || port < 0 || port > 65535) throw new RangeError('no port');
  return { port, verbose: values.verbose, files: positionals };
}
