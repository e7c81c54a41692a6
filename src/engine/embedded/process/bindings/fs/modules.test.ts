import { asInNode, prepare } from './beside-node.ts';

prepare();

asInNode({
  internalModuleStat: (call) =>
    ['x', 'f', 'd', 'f/x', 'loop', 'ld'].map((path) => call('internalModuleStat', path)),
  getFormatOfExtensionlessFile: (call) =>
    ['f', 'x', 'd'].map((path) => call('getFormatOfExtensionlessFile', path)),
  legacyMainResolve: (call) => {
    call('mkdir', 'p/lib', 0o777, true);
    for (const path of ['p/main.js', 'p/index.json', 'p/lib/index.js'])
      call('writeFileUtf8', path, '', 0o1101, 0o666);
    return ['main', 'main.js', 'lib', 'none', undefined].map((main) =>
      call('legacyMainResolve', `${String(call('realpath', 'p', 'utf8'))}/`, main, 'file:///x'),
    );
  },
});
