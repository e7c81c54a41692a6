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
  if (!/^\d+$/.test(values.port) || port > 65535) {
    throw new RangeError(`A port is a whole number from 0 to 65535, not "${values.port}".`);
  }
  return { port, verbose: values.verbose, files: positionals };
}
