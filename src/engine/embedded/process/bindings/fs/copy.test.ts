import { asInNode, prepare, readAll } from './beside-node.ts';

prepare();

asInNode({
  'copy a directory': (call) => call('copyFile', 'd', 'zz', 0),
  'copy over a directory': (call) => call('copyFile', 'f', 'd', 0),
  copy: (call) => {
    call('copyFile', 'f', 'c', 0);
    return readAll(call, 'c');
  },
  'copy exclusively': (call) => call('copyFile', 'f', 'c', 1),
  'copy nothing': (call) => call('copyFile', 'x', 'y', 0),
  'copy into nothing': (call) => call('copyFile', 'f', 'no/y', 0),
  'copy to itself': (call) => {
    call('copyFile', 'f', 'f', 0);
    return readAll(call, 'f');
  },
  'cpSyncCheckPaths: nothing there': (call) => call('cpSyncCheckPaths', 'x', 'y', false, false),
  'cpSyncCheckPaths: the same': (call) => call('cpSyncCheckPaths', 'f', 'f', false, false),
  'cpSyncCheckPaths: a directory over a file': (call) => call('cpSyncCheckPaths', 'd', 'f', false, true),
  'cpSyncCheckPaths: a file over a directory': (call) => call('cpSyncCheckPaths', 'f', 'd', false, false),
  'cpSyncCheckPaths: a directory without the option': (call) =>
    call('cpSyncCheckPaths', 'd', 'zz', false, false),
  'cpSyncCheckPaths: a directory into itself': (call) => call('cpSyncCheckPaths', 'd', 'd/zz', false, true),
  'cpSyncCheckPaths makes the directories above': (call) => {
    call('cpSyncCheckPaths', 'f', 'n1/n2/zz', false, true);
    return call('readdir', 'n1', 'utf8', true);
  },
  cpSyncCopyDir: (call) => {
    call('writeFileUtf8', 'd/e/file', 'text', 0o1101, 0o666);
    call('cpSyncCopyDir', 'd', 'copied', true, false, false, false, false);
    return [call('readdir', 'copied', 'utf8', true), readAll(call, 'copied/e/file')];
  },
  cpSyncOverrideFile: (call) => {
    call('cpSyncOverrideFile', 'd/e/file', 'c', 0, false);
    return readAll(call, 'c');
  },
  'rmSync of nothing': (call) => call('rmSync', 'x', 0, false, 100),
  'rmSync of a directory': (call) => call('rmSync', 'd', 0, false, 100),
  'rmSync of a link to a directory': (call) => {
    call('rmSync', 'ld', 0, true, 100);
    return [call('existsSync', 'ld'), call('existsSync', 'd')];
  },
  'rmSync of a tree': (call) => {
    call('rmSync', 'd', 0, true, 100);
    return call('existsSync', 'd');
  },
});
