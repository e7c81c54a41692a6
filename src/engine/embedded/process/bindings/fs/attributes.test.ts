import { asInNode, prepare } from './beside-node.ts';

prepare((call) => call('copyFile', 'f', 'c', 0));

asInNode({
  chmod: (call) => {
    call('chmod', 'c', 0o640);
    return call('stat', 'c', false, undefined, true);
  },
  'chmod nothing': (call) => call('chmod', 'x', 1),
  'fchmod a closed descriptor': (call) => call('fchmod', 9999, 1),
  'chown nothing': (call) => call('chown', 'x', 1, 1),
  'lchown nothing': (call) => call('lchown', 'x', 1, 1),
  'fchown a closed descriptor': (call) => call('fchown', 9999, 1, 1),
  utimes: (call) => {
    call('utimes', 'c', 1.5, 1700000000.123456);
    return [...(call('stat', 'c', false, undefined, true) as Float64Array)].slice(10, 14);
  },
  'utimes before 1970': (call) => {
    call('utimes', 'c', -1.5, -0.25);
    return [...(call('stat', 'c', true, undefined, true) as BigInt64Array)].slice(10, 14);
  },
  'utimes of nothing': (call) => call('utimes', 'x', 1, 1),
  'lutimes of nothing': (call) => call('lutimes', 'x', 1, 1),
  'futimes of a closed descriptor': (call) => call('futimes', 9999, 1, 1),
});
