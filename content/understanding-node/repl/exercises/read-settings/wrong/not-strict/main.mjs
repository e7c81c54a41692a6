// says: --prot is no option of this server, and was accepted. Whoever mistypes an option has to hear of it.
import { parseArgs } from 'node:util';

export function readSettings(args) {
  const { values, positionals } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '3000' },
      verbose: { type: 'boolean', short: 'v', default: false },
    },
    allowPositionals: true,
    strict: false,
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535) throw new RangeError('no port');
  return { port, verbose: values.verbose, files: positionals };
}
