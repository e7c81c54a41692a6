/** The document that the client's hidden frame loads: speaks the client's protocol, has the host do the work. */
// The client's own copy (see index.ts), declared by the package.
import { expose, proxy } from 'comlink';
import { BINDING } from './protocol.ts';
import type { FileTree, HostCalls, PortEvent, SpawnRequest, TerminalSize } from './protocol.ts';

async function call<Name extends keyof HostCalls>(
  name: Name,
  ...args: Parameters<HostCalls[Name]>
): Promise<ReturnType<HostCalls[Name]>> {
  // Playwright defines the function in every frame before its scripts run; the host answers by the same type.
  const host = Reflect.get(globalThis, BINDING) as (call: unknown) => Promise<ReturnType<HostCalls[Name]>>;
  return host({ name, args });
}

type Output = (bytes: Uint8Array | null) => Promise<void>;
type PortListener = (port: number, type: PortEvent['type'], url: string) => Promise<void>;

function process(id: number, output: Output | undefined): object {
  const { promise: onExit, resolve } = Promise.withResolvers<number>();
  async function follow(): Promise<void> {
    for (;;) {
      for (const event of await call('nextProcessEvents', id)) {
        if (event.type === 'exit') {
          resolve(event.code);
          // Whoever asked for it is answered first, and in this very task: nothing holds the rest up.
          await onExit.then(() => {}).then(() => {});
        } else if (event.type === 'output') {
          await output?.(Uint8Array.from(atob(event.bytes), (character) => character.charCodeAt(0)));
        } else {
          await output?.(null);
          return;
        }
      }
    }
  }
  void follow(); // It ends with its process or with this document.
  return proxy({
    onExit,
    write: (text: string) => call('write', id, text),
    kill: () => call('kill', id),
    resize: (size: TerminalSize) => call('resize', id, size),
  });
}

function container(id: number, workdir: string): object {
  const portListeners = new Set<PortListener>();
  async function followPorts(): Promise<void> {
    for (;;) {
      for (const { port, type } of await call('nextPortEvents', id)) {
        for (const listener of portListeners) await listener(port, type, `https://${port}.example`);
      }
    }
  }
  void followPorts(); // It ends with this document.
  return proxy({
    fs: () =>
      proxy({
        rm: (path: string) => call('remove', id, path),
      }),
    previewScript: () => null,
    runtimeInfo: () => ({ path: '/usr/local/bin:/usr/bin:/bin', cwd: workdir }),
    loadFiles: (bytes: Uint8Array) => {
      const tree = JSON.parse(new TextDecoder().decode(bytes)) as FileTree; // The client wrote it.
      return call('mount', id, tree);
    },
    run: async (request: SpawnRequest, _stdout: undefined, _stderr: undefined, output: Output | undefined) =>
      process(await call('spawn', id, request), output),
    on: (event: string, listener: PortListener) => {
      if (event === 'port') portListeners.add(listener);
      return proxy(() => portListeners.delete(listener));
    },
    teardown: () => call('tearDown', id),
  });
}

const server = {
  build: async ({ workdirName = 'project' }: { workdirName?: string }) =>
    container(await call('build', workdirName), `/home/${workdirName}`),
};

const { port1, port2 } = new MessageChannel();
expose(server, port1);
await call('frameLoaded');
parent.postMessage({ type: 'init' }, '*', [port2]);
