import { asInNode, prepare } from './beside-node.ts';

prepare(
  (call) => call('mkdir', 'r/s/t', 0o777, true),
  (call) => call('copyFile', 'f', 'c', 0),
  (call) => call('writeFileUtf8', 'm', '', 0o1101, 0o777),
  (call) => call('writeFileUtf8', 'nowhere', '', 0o1101, 0o666),
);

asInNode({
  'unlink a directory': (call) => call('unlink', 'd'),
  'unlink nothing': (call) => call('unlink', 'x'),
  'unlink with a slash': (call) => call('unlink', 'f/'),
  'rename nothing': (call) => call('rename', 'x', 'y'),
  'rename into nothing': (call) => call('rename', 'f', 'no/y'),
  'rename a file over a directory': (call) => call('rename', 'f', 'd'),
  'rename a directory over a file': (call) => call('rename', 'd', 'f'),
  'rename a directory into itself': (call) => call('rename', 'd', 'd/e/q'),
  'rename over a full directory': (call) => call('rename', 'r', 'd'),
  'rename to itself': (call) => call('rename', 'f', 'f'),
  rename: (call) => {
    call('rename', 'm', 'm2');
    return [call('existsSync', 'm'), call('existsSync', 'm2')];
  },
  'rename over a file': (call) => {
    call('rename', 'm2', 'nowhere');
    return call('readdir', '.', 'utf8', false);
  },
  link: (call) => {
    call('link', 'f', 'hard');
    return call('stat', 'hard', false, undefined, true);
  },
  'link nothing': (call) => call('link', 'x', 'y'),
  'link a directory': (call) => call('link', 'd', 'y'),
  'link over a file': (call) => call('link', 'f', 'c'),
  'symlink over a file': (call) => call('symlink', 't', 'c', 0),
  'symlink in nothing': (call) => call('symlink', 't', 'no/c', 0),
  readlink: (call) => call('readlink', 'l', 'utf8'),
  'readlink as a buffer': (call) => call('readlink', 'l', 'buffer'),
  'readlink a file': (call) => call('readlink', 'f', 'utf8'),
  'readlink nothing': (call) => call('readlink', 'x', 'utf8'),
  realpath: (call) =>
    ['l', 'ld/e/../../f', './d//e/.'].map((path) =>
      String(call('realpath', path, 'utf8'))
        .split('/')
        .slice(-2)
        .join('/')
        .replace(/^(?:reader|fs-binding-\w+)\//, '~/'),
    ),
  'realpath of roots': (call) => [
    call('realpath', '/', 'utf8'),
    call('realpath', 'lr', 'utf8'),
    call('realpath', '/..', 'utf8'),
  ],
  'realpath of nothing': (call) => call('realpath', 'x', 'utf8'),
});
