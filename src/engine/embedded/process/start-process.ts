/** Starts one process: from the text of Node's library and a program to its exit code. */
import { bindingFactories } from './bindings/index.ts';
import { sigintWatchdogOf } from './bindings/contextify/sigint-watchdog.ts';
import { deliverSignal } from './bindings/signal_wrap.ts';
import { trackSettledPromises } from './bindings/util/promises.ts';
import { trackProxies } from './bindings/util/proxies.ts';
import { bootstrapNode } from './bootstrap.ts';
import { CommandLineError, parseCommandLine } from './command-line.ts';
import { createRealm, type ProcessRealm } from './create-realm.ts';
import { entryPointOf } from './entry-point.ts';
import { loadEnvironmentFiles } from './environment-files.ts';
import { triggerUncaughtException } from './fatal-exception.ts';
import { watchFunctionConstructors } from './esm/function-constructors.ts';
import { fileSystemOf } from './file-system.ts';
import { showOriginalFunctions } from './function-text.ts';
import { removeHostGlobals } from './globals.ts';
import { removeNewerMembers } from './intrinsics.ts';
import { captureHostGlobals } from './host-globals.ts';
import { Library, type LoadPart } from './library.ts';
import { LibuvLoop } from './libuv-loop.ts';
import { LineDiscipline } from './line-discipline.ts';
import { loopbackOf } from './loopback.ts';
import { mountArchives } from './mounts.ts';
import { createProcessObject } from './process-object.ts';
import { ThrowGuard } from './throw-guard.ts';
import { TerminalStreams, type SendOutput } from './terminal-streams.ts';
import { describeUnsettled, isEntryUnsettled, unsettledTopLevelAwait } from './unsettled-await.ts';
import { explainUnreachableHosts } from './unreachable-host.ts';
import { UvErrorTable } from './uv-errors.ts';
import type { ProcessInfo } from './realm.ts';
import type { ProcessProgram } from '../protocol.ts';
import type { TerminalSize } from '../../engine.ts';
import { installStackApi } from './stack-api/install.ts';

/** SIGUSR1, SIGPIPE, SIGCHLD, SIGCONT, those that stop, SIGURG and SIGWINCH do not end a process by default. */
const ignoredSignals = new Set([10, 13, 17, 18, 19, 20, 21, 22, 23, 28]);

/** SIGINT. */
const interrupt = 2;
/** SIGWINCH. */
const windowChange = 28;

/** What tells programs that the terminal has colours; the program's own environment comes after it. */
const terminalEnvironment = { TERM: 'xterm-256color', COLORTERM: 'truecolor' };

const home = '/home/reader';
/** What starts a process. */
const commandName = 'node';

/** How the process speaks to the page. */
export interface ProcessHost {
  /** Text of Node's library, without its parts. */
  readonly library: string;
  readonly loadPart: LoadPart;
  readonly sendOutput: SendOutput;
  readonly announceServer: (port: number) => void;
  readonly announceServerClosed: (port: number) => void;
  /** The program begins to wait for standard input. */
  readonly announceInputWanted: () => void;
  /** Shows what was typed into the terminal. */
  readonly sendEcho: (text: string) => void;
  /** Reports the exit code and halts the Worker: it does not return. */
  readonly exit: (code: number) => never;
}

/** A process whose library is up; the program is not known yet. */
export interface PreparedProcess {
  readonly realm: ProcessRealm;
  /** What the reader types. */
  type(text: string): void;
  /** The reader will type no more. */
  endInput(): void;
  /** The terminal has another size. */
  resize(size: TerminalSize): void;
  /** Sends what was printed. */
  flush(): void;
  /** Runs a program to its end. */
  run(program: ProcessProgram): Promise<void>;
}

/** Brings Node's library up. After this call the Worker's globals are Node's. */
export function prepareProcess({
  library: text,
  loadPart,
  sendOutput,
  sendEcho,
  announceServer,
  announceServerClosed,
  announceInputWanted,
  exit,
}: ProcessHost): PreparedProcess {
  const host = captureHostGlobals();
  // By another name, so that code is evaluated in the global scope.
  // eslint-disable-next-line no-eval -- running programs is what this Worker is for
  const evaluate: (code: string) => unknown = eval;
  const library = new Library(text, (code) => evaluate(code), loadPart);
  const streams = new TerminalStreams(sendOutput, () => host.performance.now(), announceInputWanted);
  const info: ProcessInfo & { argv: readonly string[]; execArgv: readonly string[] } = {
    pid: 42,
    execPath: '/usr/local/bin/node',
    argv: [commandName],
    execArgv: [],
    options: library.facts.options,
    env: {},
    cwd: home,
    umask: 0o022,
    startedAt: host.performance.now(),
  };
  const process = createProcessObject(library.facts, info, host);
  const exitNow = (code: number): never => {
    streams.releaseAll();
    streams.flush();
    return exit(code);
  };
  const guard = new ThrowGuard();
  const loop = new LibuvLoop(host, guard, {
    process,
    tick: () => nothingToDo(undefined),
    timers: () => nothingToDo(0),
    immediates: () => nothingToDo(undefined),
    uncaught: (error, site) => triggerUncaughtException(realm, error, false, site),
    microtasks: () => realm.stackTraces.noCallerOfMicrotasks(),
    resting: () => streams.flush(),
    settled() {
      streams.flushPromptly();
      realm.asyncContext.current = undefined;
    },
    started() {},
    ended() {},
    beforeExit: () => emit(process, 'beforeExit', exitCodeOf(process) ?? 0),
  });
  const realm: ProcessRealm = createRealm({
    host,
    library,
    loop,
    guard,
    uv: new UvErrorTable(),
    info,
    streams,
    output: streams,
    process,
    factories: bindingFactories,
    evaluate: (code) => evaluate(code),
    nativeEval: evaluate,
    exit: exitNow,
    triggerUncaughtException: (error, fromPromise) => triggerUncaughtException(realm, error, fromPromise),
    raise: (signal) => {
      if (signal === interrupt && sigintWatchdogOf(realm).take()) return;
      if (!deliverSignal(realm, signal) && !ignoredSignals.has(signal)) exitNow(128 + signal);
    },
    announceServer,
  });

  installStackApi();
  removeHostGlobals(library.facts.intrinsics);
  showOriginalFunctions(realm.sources);
  removeNewerMembers(library.facts.intrinsicMembers, library.facts.intrinsics);
  globalThis.Proxy = trackProxies(host.Proxy);
  trackSettledPromises(host.Proxy);
  realm.privateSymbol('exit_info_private_symbol').of(process).value = new Int32Array(3);
  const main = bootstrapNode(realm);
  realm.jsonSyntax.watch(host.Proxy);
  watchFunctionConstructors(realm);
  loopbackOf(realm).observe({
    onListen: announceServer,
    onClose: announceServerClosed,
    onUnreachable: explainUnreachableHosts(realm),
  });

  const textEncoder = new host.TextEncoder();
  let terminal: LineDiscipline | undefined;

  function raiseSoon(signal: number): void {
    loop.enqueueReady(() => realm.raise(signal));
  }

  function type(typed: string): void {
    if (terminal) terminal.type(typed);
    else streams.feed(textEncoder.encode(typed));
  }

  /** Makes the standard streams a terminal. */
  function openTerminal(size: TerminalSize): void {
    terminal = new LineDiscipline(size, {
      input: (typed) => streams.feed(textEncoder.encode(typed)),
      end: () => streams.endInput(),
      echo(shown) {
        streams.flush();
        sendEcho(shown);
      },
      signal: raiseSoon,
    });
    streams.terminal = terminal;
    Object.assign(info.env, terminalEnvironment);
  }

  /** Takes the command line in and names the module that runs it; undefined when Node refuses it. */
  function readCommandLine(args: readonly string[]): string | undefined {
    try {
      const commandLine = parseCommandLine(library.facts, commandName, args, info.env['NODE_OPTIONS']);
      info.argv = [commandName, ...commandLine.argv];
      info.execArgv = commandLine.execArgv;
      info.options = commandLine.values;
      loadEnvironmentFiles(realm, commandLine);
      const limit = commandLine.values['--stack-trace-limit'];
      if (typeof limit === 'number') Error.stackTraceLimit = limit;
      return entryPointOf(commandLine, terminal !== undefined);
    } catch (error) {
      if (!(error instanceof CommandLineError)) throw error;
      streams.write(2, new host.TextEncoder().encode(error.message));
      return exitNow(error.exitCode);
    }
  }

  return {
    realm,
    type,
    endInput: () => streams.endInput(),
    flush: () => streams.flush(),
    resize(size) {
      if (!terminal) return;
      terminal.resize(size);
      raiseSoon(windowChange);
    },
    async run({ files, mounts = [], packageAdvice, command, env, stdin, terminal: size }) {
      info.packageAdvice = packageAdvice;
      if (size) openTerminal(size);
      if (stdin !== undefined && stdin !== '') type(stdin);
      if (stdin !== undefined && !size) streams.endInput();
      Object.assign(info.env, { PATH: '/usr/local/bin', HOME: home, TZ: 'UTC', ...env });
      realm.asyncContext.trackFor(Object.values(files));
      const encoder = new host.TextEncoder();
      const fileSystem = fileSystemOf(realm);
      mountArchives(fileSystem, mounts);
      for (const [name, content] of Object.entries(files))
        fileSystem.provide(`${home}/${name}`, encoder.encode(content));
      const entryPoint = readCommandLine(command.slice(1));
      if (entryPoint === undefined) return;
      await loop.run(() => {
        main(entryPoint);
        // What the program's first script starts is triggered by it; what comes later is not.
        leaveMainScript(realm);
      });
      const defaultCode = (await isEntryUnsettled(realm)) ? unsettledTopLevelAwait : 0;
      const code = end(realm, defaultCode);
      if (code === unsettledTopLevelAwait && defaultCode === code)
        streams.write(2, encoder.encode(describeUnsettled(realm)));
      exitNow(code);
    },
  };
}

/** Stands for what Node's library has not registered yet. */
function* nothingToDo<Result>(result: Result): Generator<unknown, Result> {
  yield* [];
  return result;
}

function leaveMainScript(realm: ProcessRealm): void {
  const clear = realm.internalBinding('async_wrap')['clearAsyncIdStack'];
  if (typeof clear === 'function') Reflect.apply(clear as () => void, undefined, []);
}

/** Nothing keeps the process alive any more: tells the program, and returns the exit code. */
function end(realm: ProcessRealm, defaultCode: number): number {
  const { process } = realm;
  process['_exiting'] = true;
  const thrown = realm.guard.call(() => emit(process, 'exit', exitCodeOf(process) ?? defaultCode));
  if (thrown) triggerUncaughtException(realm, thrown.error, false, thrown.site);
  return exitCodeOf(process) ?? defaultCode;
}

function exitCodeOf(process: Record<PropertyKey, unknown>): number | undefined {
  const code = process['exitCode'];
  return code === undefined || code === null ? undefined : Number(code);
}

function emit(process: Record<PropertyKey, unknown>, event: string, code: number): void {
  const method = process['emit'];
  if (typeof method === 'function') Reflect.apply(method as () => unknown, process, [event, code]);
}
