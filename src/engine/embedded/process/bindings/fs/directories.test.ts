import { asInNode, bytes, prepare } from './beside-node.ts';

prepare();

asInNode({
  'readdir with types': (call) => call('readdir', '.', 'utf8', true),
  'readdir as buffers': (call) => call('readdir', 'd', 'buffer', false),
  'readdir in hexadecimal': (call) => call('readdir', 'd', 'hex', false),
  'readdir a file': (call) => call('readdir', 'f', 'utf8', false),
  'readdir nothing': (call) => call('readdir', 'x', 'utf8', false),
  'mkdir over a directory': (call) => call('mkdir', 'd', 0o777, false),
  'mkdir in nothing': (call) => call('mkdir', 'no/x', 0o777, false),
  'mkdir with a slash': (call) => call('mkdir', 'slash/', 0o777, false),
  'mkdir recursive over a directory': (call) => call('mkdir', 'd', 0o777, true),
  'mkdir recursive': (call) => call('mkdir', 'r/s/t', 0o777, true),
  'mkdir recursive, absolute': (call) =>
    String(call('mkdir', `${String(call('realpath', '.', 'utf8'))}/r/s/u/v`, 0o777, true)).slice(-6),
  'mkdir recursive over a file': (call) => call('mkdir', 'f', 0o777, true),
  'mkdir recursive below a file': (call) => call('mkdir', 'f/x/y', 0o777, true),
  'rmdir a file': (call) => call('rmdir', 'f'),
  'rmdir what is not empty': (call) => call('rmdir', 'd'),
  'rmdir .': (call) => call('rmdir', '.'),
  'rmdir nothing': (call) => call('rmdir', 'x'),
  'rmdir a link to a directory': (call) => call('rmdir', 'ld'),
  rmdir: (call) => call('rmdir', 'slash/'),
  'mkdtemp in nothing': (call) => call('mkdtemp', 'no/x', 'utf8'),
  mkdtemp: (call) => String(call('mkdtemp', 't-', 'utf8')).replace(/\w{6}$/, 'XXXXXX'),
  'mkdtemp as a buffer': (call) => String(call('mkdtemp', bytes('u-'), 'buffer')).replace(/\w{6}$/, 'XXXXXX'),
});
