import { asInNode, prepare } from './beside-node.ts';

prepare();

/** The bits of a mode that tell a file from a directory or a link; a stat is an array of numbers, the mode its second. */
const kind = (stat: unknown): number => Number((stat as Float64Array)[1]) & 0o170000;

asInNode({
  'stat a file': (call) => call('stat', 'f', false, undefined, true),
  'stat big': (call) => call('stat', 'f', true, undefined, true),
  'stat through a link': (call) => call('stat', 'l', false, undefined, true),
  'stat the root': (call) => kind(call('stat', '/', false, undefined, true)),
  'stat a link to the root': (call) => kind(call('stat', 'lr', false, undefined, true)),
  'lstat a link': (call) => call('lstat', 'l', false, undefined, true),
  'lstat a link with a slash': (call) => kind(call('lstat', 'ld/', false, undefined, true)),
  'stat fills the shared array': (call, b) => call('stat', 'f', false, undefined, true) === b['statValues'],
  'lstat fills the shared big array': (call, b) =>
    call('lstat', 'f', true, undefined, true) === b['bigintStatValues'],
  'stat nothing': (call) => call('stat', 'x', false, undefined, true),
  'stat nothing quietly': (call) => call('stat', 'x', false, undefined, false),
  'stat below a file': (call) => call('stat', 'f/x', false, undefined, true),
  'stat below a file quietly': (call) => call('stat', 'f/x', false, undefined, false),
  'stat a loop': (call) => call('stat', 'loop', false, undefined, false),
  'stat with a slash': (call) => call('stat', 'f/', false, undefined, true),
  'stat a closed descriptor': (call) => call('fstat', 9999, false, undefined, false),
  'statfs of nothing': (call) => call('statfs', 'x', false),
  statfs: (call, b) => [
    call('statfs', '.', false) === b['statFsValues'],
    call('statfs', '.', true) === b['bigintStatFsValues'],
  ],
  access: (call) => call('access', 'f', 4),
  'access nothing': (call) => call('access', 'x', 0),
  existsSync: (call) => ['x', 'f', 'loop', 'f/x', 'd/'].map((path) => call('existsSync', path)),
});
