/** The embedded engine: Node's own library in Workers of a sandboxed frame, from files of the site alone. */
import { EngineError } from '../engine.ts';
import type { Engine, Program, Run, StartOptions } from '../engine.ts';
import type { NpmPackages } from '../packages/npm-packages.ts';
import { EmbeddedRun } from './embedded-run.ts';
import { FrameConnection } from './frame-connection.ts';

export interface EmbeddedEngineOptions {
  /** The folder with the engine's files, ending with `/`; relative to the page or absolute. */
  readonly baseUrl: string;
  /** What programs may import. */
  readonly packages: NpmPackages;
}

/** Creates the engine; nothing is loaded before the first `start`. */
export function createEmbeddedEngine({ baseUrl, packages }: EmbeddedEngineOptions): Engine {
  let opening: Promise<FrameConnection> | undefined;

  function forget(): void {
    opening = undefined;
  }

  function open(): Promise<FrameConnection> {
    // A failure is forgotten, so that the next start tries again.
    return (opening ??= FrameConnection.open(baseUrl, forget).catch((error: unknown) => {
      forget();
      throw error;
    }));
  }

  return {
    name: 'embedded',
    async start(program: Program, options: StartOptions = {}): Promise<Run> {
      options.onProgress?.({ message: 'Starting the embedded engine' });
      const [connection, provided] = await Promise.all([open(), packages.provide(program)]);
      await connection.provide(program);
      if (options.signal?.aborted) throw new EngineError('embedded', 'aborted', 'The start was abandoned.');
      return new EmbeddedRun(connection, program, provided, options);
    },
  };
}
