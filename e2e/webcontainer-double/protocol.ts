/** What the double's frame asks of the test host, where the programs run in real Node. */

/** The tree that the client's `mount` sends: directories, files (`b`: Latin-1 bytes) and symbolic links. */
export type FileTree = { readonly d: Readonly<Record<string, FileTree | FileNode>> };
export type FileNode = { readonly f: { readonly c: string; readonly b?: boolean } | { readonly l: string } };

/** What the client's `spawn` sends. */
export interface SpawnRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  readonly terminal?: TerminalSize;
}

export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** What happens to a process, in order. Bytes are base64; `end` never comes while the double keeps output open. */
export type ProcessEvent =
  | { readonly type: 'output'; readonly bytes: string }
  | { readonly type: 'exit'; readonly code: number }
  | { readonly type: 'end' };

/** A server of a program began or ceased to listen. */
export interface PortEvent {
  readonly port: number;
  readonly type: 'open' | 'close';
}

/** Every call, with its arguments and its answer. The `next…` calls wait until there is something to tell. */
export interface HostCalls {
  /** Answers when the frame may say that it lives. */
  frameLoaded(): void;
  /** Makes a container and answers with its number. */
  build(workdirName: string): number;
  mount(container: number, tree: FileTree): void;
  remove(container: number, path: string): void;
  spawn(container: number, request: SpawnRequest): number;
  nextProcessEvents(process: number): ProcessEvent[];
  nextPortEvents(container: number): PortEvent[];
  write(process: number, text: string): void;
  resize(process: number, size: TerminalSize): void;
  kill(process: number): void;
  tearDown(container: number): void;
}

/** One call, as it crosses from the frame to the host. */
export type HostCall = {
  [Name in keyof HostCalls]: { readonly name: Name; readonly args: Parameters<HostCalls[Name]> };
}[keyof HostCalls];

/** Name of the function through which the frame reaches the host. */
export const BINDING = 'webContainerDouble';
