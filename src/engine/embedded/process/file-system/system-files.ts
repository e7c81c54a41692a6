/** The files of a small Linux that programs look at. */
import { hostname } from '../bindings/os.ts';
import { encode } from '../bindings/buffer/codecs.ts';
import type { ProcessInfo } from '../realm.ts';
import type { FileSystem } from './file-system.ts';
import { GeneratedFile, RegularFile, SymbolicLink } from './inode.ts';

const directories = ['/bin', '/dev', '/etc', '/home', '/opt', '/proc', '/root', '/usr/bin', '/usr/local/bin'];

const configuration: Readonly<Record<string, string>> = {
  '/etc/group': 'root:x:0:\nreader:x:1000:\n',
  '/etc/hostname': `${hostname}\n`,
  '/etc/hosts': `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n127.0.1.1\t${hostname}\n`,
  '/etc/os-release': 'PRETTY_NAME="Loopbook"\nNAME="Loopbook"\nID=loopbook\n',
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nreader:x:1000:1000:reader:/home/reader:/bin/sh\n',
  '/etc/resolv.conf': 'nameserver 127.0.0.1\n',
};

/** What an executable file begins with. There is no machine code to run here. */
const executable = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/** Puts them there. The command line and the environment are read when a program asks. */
export function provideSystemFiles(files: FileSystem, info: ProcessInfo): void {
  for (const path of [...directories, '/var']) files.provideDirectory(path, 0o755, 0);
  files.provideDirectory('/tmp', 0o1777, 0);
  const provide = (path: string, bytes: Uint8Array, permissions: number): void => {
    files.provideSystemFile(path, new RegularFile(permissions)).write(bytes, 0);
  };
  for (const [path, text] of Object.entries(configuration)) provide(path, encode(text, 'utf8'), 0o644);
  provide(info.execPath, executable, 0o755);

  const listed = (items: readonly string[]): string => items.map((item) => `${item}\0`).join('');
  const generated: Readonly<Record<string, () => string>> = {
    '/proc/self/cmdline': () => listed([...info.argv.slice(0, 1), ...info.execArgv, ...info.argv.slice(1)]),
    '/proc/self/environ': () => listed(Object.entries(info.env).map(([name, value]) => `${name}=${value}`)),
    '/proc/sys/kernel/hostname': () => `${hostname}\n`,
    '/proc/sys/kernel/ostype': () => 'Linux\n',
    '/proc/version': () => 'Linux version 6.12.0\n',
  };
  files.provideSystemFile('/proc/self/exe', new SymbolicLink(info.execPath));
  for (const [path, text] of Object.entries(generated))
    files.provideSystemFile(path, new GeneratedFile(() => encode(text(), 'utf8')));
}
