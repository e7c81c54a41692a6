/** Where programs run: chooses an engine, loads it at its first use, and falls back to the embedded one. */
import { chooseEngine, fallBackReason } from './choice.ts';
import type { Choice, EngineNeed, EnginePreference } from './choice.ts';
import { EngineError } from './engine.ts';
import type { Engine, EngineName, Program, Run, StartOptions } from './engine.ts';
import { NpmPackages } from './packages/npm-packages.ts';
import { Remembered } from './remembered.ts';
import type { WebContainerOptions } from './webcontainer.ts';

export type { Choice, EngineNeed, EnginePreference } from './choice.ts';

/** How the site was built: which engines it offers, and where they are. */
export interface EnginesConfig {
  /** The engine of a reader who has not chosen; `webcontainer` by default. */
  readonly preferred?: EngineName | undefined;
  /** Makes one engine the only one. */
  readonly only?: EngineName | undefined;
  readonly webcontainer?: Partial<Omit<WebContainerOptions, 'packages'>>;
  readonly embedded: { readonly baseUrl: string };
  /** The folder with npm packages, ending with `/`. */
  readonly packages: { readonly baseUrl: string };
}

/** What `Engines.start` takes beside what every engine does. */
export interface StartProgramOptions extends StartOptions {
  /** The engine that the program asks for; `any` by default. */
  readonly need?: EngineNeed;
  /** Aborted to stop waiting for WebContainer and run in the embedded engine; the boot goes on behind it. */
  readonly embeddedNow?: AbortSignal;
}

/** A program that runs, the engine that runs it, and a sentence on why it is that one where there is something to say. */
export interface StartedProgram {
  readonly run: Run;
  readonly engine: EngineName;
  readonly reason?: string;
}

/** All of the page's engines. */
export interface Engines {
  /** The reader's choice, kept from visit to visit. Choosing WebContainer forgets that it failed. */
  preference: EnginePreference;
  /** Why WebContainer is not tried again in this visit, as a sentence. */
  readonly failure: string | undefined;
  /** Forgets that failure, so that the next start tries WebContainer again. */
  retry(): void;
  /** What a start would do now; throws an `EngineError` where no engine can run the program. */
  choose(need?: EngineNeed): Choice;
  /** Runs a program; rejects with an `EngineError` where no engine could, and with a `PackageError` as engines do. */
  start(program: Program, options?: StartProgramOptions): Promise<StartedProgram>;
}

/** Makes the engines of a page. Nothing is loaded or requested before the first `start`. */
export function createEngines(config: EnginesConfig): Engines {
  const stored = new Remembered(() => localStorage, 'loopbook:engine');
  const failed = new Remembered(() => sessionStorage, 'loopbook:webcontainer-failure');
  const loading = new Map<EngineName, Promise<Engine>>();
  const packages = new NpmPackages(config.packages.baseUrl);

  async function load(name: EngineName): Promise<Engine> {
    try {
      if (name === 'embedded') {
        return (await import('./embedded/index.ts')).createEmbeddedEngine({ ...config.embedded, packages });
      }
      return (await import('./webcontainer.ts')).createWebContainerEngine({
        ...config.webcontainer,
        packages,
      });
    } catch (cause) {
      loading.delete(name);
      if (cause instanceof EngineError) throw cause;
      const message = 'The code of the engine could not be loaded. Check the connection and run again.';
      throw new EngineError(name, 'unreachable', message, { cause });
    }
  }

  async function startIn(name: EngineName, program: Program, options: StartOptions): Promise<Run> {
    const engine = loading.get(name) ?? load(name);
    loading.set(name, engine);
    return (await engine).start(program, options);
  }

  /** The run, or why the embedded engine has to take over. */
  async function tryWebContainer(
    program: Program,
    { signal, embeddedNow, ...options }: StartProgramOptions,
  ): Promise<Run | string> {
    const start = new AbortController();
    const abandon = () => start.abort();
    signal?.addEventListener('abort', abandon);
    embeddedNow?.addEventListener('abort', abandon);
    if (signal?.aborted === true || embeddedNow?.aborted === true) abandon();
    try {
      return await startIn('webcontainer', program, { ...options, signal: start.signal });
    } catch (error) {
      if (signal?.aborted === true || !(error instanceof EngineError)) throw error;
      if (error.code === 'aborted') return 'You did not wait for WebContainer.';
      // What one program asks for in vain says nothing about the next.
      if (error.code !== 'not-supported') failed.value = error.message;
      return error.message;
    } finally {
      // Once the program runs, only `signal` may end it.
      embeddedNow?.removeEventListener('abort', abandon);
    }
  }

  return {
    get preference() {
      const value = stored.value;
      return value === 'webcontainer' || value === 'embedded' ? value : 'auto';
    },
    set preference(value) {
      stored.value = value === 'auto' ? undefined : value;
      if (value === 'webcontainer') failed.value = undefined;
    },
    get failure() {
      return failed.value;
    },
    retry() {
      failed.value = undefined;
    },
    choose(need = 'any') {
      return chooseEngine({
        need,
        preference: this.preference,
        preferred: config.preferred ?? 'webcontainer',
        only: config.only,
        isIsolated: crossOriginIsolated || config.webcontainer?.coep === 'none',
        failure: failed.value,
      });
    },
    async start(program, options = {}) {
      const { engine, canFallBack, reason } = this.choose(options.need);
      const { need: _, embeddedNow: __, ...startOptions } = options;
      if (!canFallBack) {
        const run = await startIn(engine, program, startOptions);
        return { run, engine, ...(reason === undefined ? {} : { reason }) };
      }
      const tried = await tryWebContainer(program, options);
      if (typeof tried !== 'string') return { run: tried, engine: 'webcontainer' };
      const run = await startIn('embedded', program, startOptions);
      return { run, engine: 'embedded', reason: fallBackReason(tried) };
    },
  };
}
