import { asInNode, prepare, result } from './beside-node.ts';

prepare();

asInNode({
  'descriptors and modes that cannot be': (call) => {
    const refused: readonly (readonly [name: string, ...args: unknown[]])[] = [
      ['fsync', 'x'],
      ['close', -1],
      ['fstat', 1.5, false],
      ['ftruncate', 2 ** 40, 0],
      ['fchmod', null, 0],
      ['access', 'f', 8],
      ['access', 'f', 'x'],
      ['copyFile', 'f', 'g', -1],
      ['copyFile', 'f', 'g', Infinity],
    ];
    return refused.map(([name, ...args]) => result(() => call(name, ...args)));
  },
});
