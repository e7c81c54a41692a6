/** The embedded engine: Node's own library in Workers of a sandboxed frame, from files of the site alone. */
import { EngineError } from '../engine.ts';
import type { Engine, Program, Run, StartOptions } from '../engine.ts';
import { EmbeddedRun } from './embedded-run.ts';
import { FrameConnection } from './frame-connection.ts';

export interface EmbeddedEngineOptions {
  /** The folder with the engine's files, ending with `/`; relative to the page or absolute. */
  readonly baseUrl: string;
}

/** Creates the engine; nothing is loaded before the first `start`. */
export function createEmbeddedEngine({ baseUrl }: EmbeddedEngineOptions): Engine {
  let opening: Promise<FrameConnection> | undefined;

  function open(): Promise<FrameConnection> {
    // A failure is forgotten, so that the next start tries again.
    return (opening ??= FrameConnection.open(baseUrl).catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));
  }

  return {
    name: 'embedded',
    async start(program: Program, options: StartOptions = {}): Promise<Run> {
      if (program.packages.length > 0) {
        const message = `The embedded engine has no npm packages yet, and this program needs ${program.packages.join(', ')}.`;
        throw new EngineError('embedded', 'not-supported', message);
      }
      options.onProgress?.({ message: 'Starting the embedded engine' });
      const connection = await open();
      if (options.signal?.aborted) throw new EngineError('embedded', 'aborted', 'The start was abandoned.');
      return new EmbeddedRun(connection, program, options);
    },
  };
}
