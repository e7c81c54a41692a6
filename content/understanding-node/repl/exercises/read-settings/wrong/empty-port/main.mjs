// says: --port= has no port in it, and was accepted. Number('') is 0: test the text before you convert it.
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
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new RangeError('no port');
  return { port, verbose: values.verbose, files: positionals };
}
