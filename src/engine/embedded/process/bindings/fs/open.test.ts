import { asInNode, bytes, flag, prepare } from './beside-node.ts';

prepare();

asInNode({
  'the empty path': (call) => call('open', '', 0, 0),
  'a long name': (call) => call('open', 'x'.repeat(300), 0, 0),
  'a very long path': (call) => call('open', 'x/'.repeat(3000), 0, 0),
  'open nothing': (call) => call('open', 'x', 0, 0),
  'open with a buffer for a path': (call) => call('open', bytes('x'), 0, 0),
  'open a directory to write': (call) => call('open', 'd', flag.write, 0),
  'open a file with a slash': (call) => call('open', 'f/', 0, 0),
  'create with a slash': (call) => call('open', 'new/', flag.write | flag.create, 0o666),
  'create below a file': (call) => call('open', 'f/new', flag.write | flag.create, 0o666),
  'create in no directory': (call) => call('open', 'no/new', flag.write | flag.create, 0o666),
  'create exclusively': (call) => call('open', 'f', flag.write | flag.create | flag.exclusive, 0o666),
  'create exclusively over a link': (call) =>
    call('open', 'dangling', flag.write | flag.create | flag.exclusive, 0o666),
  'open a file as a directory': (call) => call('open', 'f', flag.directory, 0),
  'open a loop': (call) => call('open', 'loop', 0, 0),
  'create through a dangling link': (call) => {
    call('close', call('open', 'dangling', flag.write | flag.create, 0o666));
    return call('readdir', '.', 'utf8', true);
  },
  'modes pass the umask': (call) => {
    call('writeFileUtf8', 'm', '', 0o1101, 0o777);
    return call('stat', 'm', false, undefined, true);
  },
});
