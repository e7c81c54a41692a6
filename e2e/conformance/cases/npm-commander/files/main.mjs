import { Command, Option, Argument, InvalidArgumentError } from 'commander';
const make = () => {
  const program = new Command('tool').description('A tool').version('1.2.3').exitOverride().configureOutput({ writeErr: (text) => console.log('err:', text.trimEnd()) });
  program.option('-v, --verbose', 'say more', (value, previous) => previous + 1, 0).option('--no-color');
  program
    .command('add <first> [others...]')
    .description('adds numbers')
    .addOption(new Option('-u, --unit <unit>', 'unit').choices(['m', 'km']).default('m').env('UNIT'))
    .action((first, others, options, command) => console.log('add', first, others, options, command.optsWithGlobals()));
  program
    .command('count')
    .addArgument(new Argument('<n>').argParser((text) => {
      if (Number.isNaN(Number(text))) throw new InvalidArgumentError('Not a number.');
      return Number(text);
    }))
    .action(async (n) => console.log('count', n));
  return program;
};
for (const line of ['add 1 2 3 -u km -v -v', 'add', 'count 5', 'count x', 'add 1 --unit mile', 'ad 1', '--help', 'add --help', '--version', '--nope']) {
  console.log('$', line);
  try {
    await make().parseAsync(line.split(' '), { from: 'user' });
  } catch (error) {
    console.log(error.code, error.exitCode, error.message);
  }
}
make().exitOverride((error) => { throw error; });
const last = new Command('last').requiredOption('-p, --port <n>', 'port').action(() => {});
last.parse(['node', 'last']);
