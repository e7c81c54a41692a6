/** The files of one process: an ordinary small Linux, with the standard streams as descriptors 0, 1 and 2. */
import { FileSystem } from './file-system/file-system.ts';
import { Device, type Channel } from './file-system/inode.ts';
import { OpenFile, openFlag } from './file-system/open-file.ts';
import { provideSystemFiles } from './file-system/system-files.ts';
import type { HostGlobals, Realm, StandardStreams } from './realm.ts';

const fileSystems = new WeakMap<object, FileSystem>();

/** The file system of a process; made when it is first asked for. */
export function fileSystemOf(realm: Pick<Realm, 'info' | 'streams' | 'host'>): FileSystem {
  let fileSystem = fileSystems.get(realm.info);
  if (fileSystem === undefined) {
    fileSystem = createFileSystem(realm);
    fileSystems.set(realm.info, fileSystem);
  }
  return fileSystem;
}

function createFileSystem({ info, streams, host }: Pick<Realm, 'info' | 'streams' | 'host'>): FileSystem {
  const fileSystem = new FileSystem(info);
  provideSystemFiles(fileSystem, info);
  fileSystem.provideDirectory('/home/reader');
  fileSystem.provideDevice('/dev/null', nothing);
  fileSystem.provideDevice('/dev/zero', { ...nothing, read: (target) => target.fill(0).length });
  fileSystem.provideDevice('/dev/urandom', randomness(host));
  const standard = [standardInput(streams), standardOutput(streams, 1), standardOutput(streams, 2)];
  for (const [descriptor, channel] of standard.entries()) {
    const flags = descriptor === 0 ? 0 : openFlag.writeOnly;
    fileSystem.adopt(new OpenFile(new Device(channel, 0o620), flags), descriptor);
  }
  for (const [descriptor, name] of ['stdin', 'stdout', 'stderr'].entries())
    fileSystem.provideDevice(`/dev/${name}`, standard[descriptor] ?? nothing);
  return fileSystem;
}

const nothing: Channel = { read: () => 0, write() {} };

const mostRandomBytes = 65_536;

const randomness = ({ crypto }: HostGlobals): Channel => ({
  read(target) {
    for (let at = 0; at < target.length; at += mostRandomBytes) {
      const bytes = new Uint8Array(Math.min(mostRandomBytes, target.length - at));
      target.set(crypto.getRandomValues(bytes), at);
    }
    return target.length;
  },
  write() {},
});

const standardInput = (streams: StandardStreams): Channel => ({
  read(target) {
    const bytes = streams.read(target.length);
    if (bytes === null) return 0;
    if (bytes.length === 0) return undefined;
    target.set(bytes);
    return bytes.length;
  },
  write() {},
  whenReadable: (callback) => streams.whenReadable(callback),
});

const standardOutput = (streams: StandardStreams, descriptor: 1 | 2): Channel => ({
  read: () => 0,
  write: (bytes) => streams.write(descriptor, bytes),
});
