/** The command line of `node`: its options, the program and the program's arguments, by the rules of node_options-inl.h. */
import type { NodeFacts } from './node-facts.ts';

/** What a command line asks for. */
export interface CommandLine {
  /** Options as they were written, without the program: `process.execArgv`. */
  readonly execArgv: readonly string[];
  /** The program and its arguments. */
  readonly argv: readonly string[];
  /** Values of all options, by name. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** A command line that Node refuses, with what it prints on stderr. */
export class CommandLineError extends Error {
  /** The exit code. */
  readonly exitCode = 9;
}

interface KnownOption {
  readonly type: number;
  /** 0: may stand in `NODE_OPTIONS`. */
  readonly envVarSettings: number;
}

type Facts = Pick<NodeFacts, 'options' | 'optionsInfo'>;

const optionType = {
  noOperation: 0,
  v8: 1,
  boolean: 2,
  integer: 3,
  unsignedInteger: 4,
  string: 5,
  hostPort: 6,
  stringList: 7,
} as const;

/** Options of V8 that Node does not list itself and that mean nothing to a program here. */
const v8Option =
  /^--(?:no-)?(?:harmony|experimental-wasm|js-|allow-natives|turbo|sparkplug|maglev|opt|stress|gc-|random-|trace-opt|trace-deopt|jit)/;

const implied: Readonly<Record<string, readonly string[]>> = {
  '--eval': ['[has_eval_string]'],
  '--inspect-brk': ['--inspect'],
  '--inspect-wait': ['--inspect'],
  '--env-file': ['[has_env_file_string]'],
  '--env-file-if-exists': ['[has_env_file_string]'],
  '--watch-path': ['--watch'],
  '--test-random-seed': ['[has_test_random_seed]'],
  '--experimental-detect-module': ['--detect-module'],
  '--experimental-require-module': ['--require-module'],
  '--experimental-transform-types': ['--strip-types', '--enable-source-maps'],
  '--trace-env-js-stack': ['--trace-env'],
};

/** Values that Node checks before it starts anything. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  '--unhandled-rejections': ['warn-with-error-code', 'throw', 'strict', 'warn', 'none'],
  '--test-isolation': ['process', 'none'],
};
const inputTypes = ['commonjs', 'module', 'commonjs-typescript', 'module-typescript'];

/** Reads the arguments after `node` and the options of `NODE_OPTIONS`. Throws `CommandLineError`. */
export function parseCommandLine(
  facts: Facts,
  executable: string,
  args: readonly string[],
  nodeOptions = '',
): CommandLine {
  const reader = new OptionReader(facts, executable);
  reader.read(splitNodeOptions(nodeOptions, executable), true);
  const argv = reader.read(args, false);
  reader.check();
  const options = args.slice(0, args.length - argv.length);
  const execArgv = options.at(-1) === '--' ? options.slice(0, -1) : options;
  return { execArgv, argv, values: reader.values };
}

class OptionReader {
  readonly values: Record<string, unknown>;
  readonly #known: ReadonlyMap<string, KnownOption>;
  readonly #aliases: ReadonlyMap<string, readonly string[]>;
  readonly #executable: string;
  /** The alias, as it was written, that stands for the next option. */
  #alias: string | undefined;

  constructor({ options, optionsInfo }: Facts, executable: string) {
    // Node's own default is a process for each file of tests.
    this.values = { ...options, '--test-isolation': 'none' };
    // True: the build wrote what Node's own table holds.
    this.#known = new Map(optionsInfo.options as readonly (readonly [string, KnownOption])[]);
    this.#aliases = new Map(optionsInfo.aliases);
    this.#executable = executable;
  }

  refuse(problem: string): CommandLineError {
    return new CommandLineError(`${this.#executable}: ${problem}\n`);
  }

  /** Reads options up to the first argument that is none; returns what is left. */
  read(args: readonly string[], isEnvironment: boolean): string[] {
    const left = [...args];
    for (;;) {
      const written = left[0];
      if (written === undefined || written.length <= 1 || !written.startsWith('-')) return left;
      left.shift();
      if (written === '--') {
        if (isEnvironment) throw this.refuse('-- is not allowed in NODE_OPTIONS');
        return left;
      }
      this.#readOption(written, left, isEnvironment);
    }
  }

  check(): void {
    for (const [name, values] of Object.entries(allowed)) {
      const value = this.values[name];
      if (typeof value === 'string' && value !== '' && !values.includes(value))
        throw this.refuse(`invalid value for ${name}`);
    }
    const type = this.values['--input-type'];
    if (typeof type === 'string' && type !== '' && !inputTypes.includes(type)) {
      throw this.refuse(
        '--input-type must be "module","commonjs", "module-typescript" or "commonjs-typescript"',
      );
    }
  }

  #readOption(written: string, left: string[], isEnvironment: boolean): void {
    const equals = written.startsWith('--') ? written.indexOf('=') : -1;
    const given = equals < 0 ? written : written.slice(0, equals);
    let name = given.startsWith('--') ? `--${given.slice(2).replaceAll('_', '-')}` : given;
    const isNegated = name.startsWith('--no-');
    if (isNegated) name = `--${name.slice('--no-'.length)}`;
    const expansion = this.#expansion(name, equals >= 0, left);
    if (expansion) {
      const [first = '', ...others] = expansion;
      this.#alias = written;
      left.unshift(...others);
      // The last option of an alias takes the value.
      const value = equals < 0 ? '' : written.slice(equals);
      if (first === name) return this.#set(name, written, equals, isNegated, left, isEnvironment);
      left.unshift(first + value);
      return;
    }
    this.#set(name, written, equals, isNegated, left, isEnvironment);
  }

  #expansion(name: string, hasValue: boolean, left: readonly string[]): readonly string[] | undefined {
    const next = left[0];
    if (!hasValue && next !== undefined && next !== '' && !next.startsWith('-')) {
      const withArgument = this.#aliases.get(`${name} <arg>`);
      if (withArgument) return withArgument;
    }
    return (hasValue ? this.#aliases.get(`${name}=`) : undefined) ?? this.#aliases.get(name);
  }

  #set(
    name: string,
    written: string,
    equals: number,
    isNegated: boolean,
    left: string[],
    isEnvironment: boolean,
  ): void {
    const option = this.#known.get(name);
    const alias = this.#alias;
    this.#alias = undefined;
    if (isEnvironment && option?.envVarSettings !== 0) {
      // Node leaves the value out.
      const asWritten = alias ?? written;
      const shown = asWritten.startsWith('--') ? asWritten.replace(/=.*/s, '=') : asWritten;
      throw this.refuse(`${shown} is not allowed in NODE_OPTIONS`);
    }
    if (!option) {
      if (v8Option.test(name)) return;
      throw this.refuse(`bad option: ${written}`);
    }
    if (isNegated && option.type !== optionType.boolean && option.type !== optionType.v8)
      throw this.refuse(`${written} is an invalid negation because it is not a boolean option`);
    for (const other of implied[name] ?? []) this.#switch(other, !isNegated);
    if (option.type === optionType.boolean) return this.#switch(name, !isNegated);
    if (option.type === optionType.noOperation) return;
    if (option.type === optionType.v8) {
      this.values[name] = !isNegated;
      return;
    }
    this.#assign(name, option.type, this.#valueOf(written, equals, left));
  }

  #valueOf(written: string, equals: number, left: string[]): string {
    const missing = (): CommandLineError => this.refuse(`${written} requires an argument`);
    if (equals >= 0) {
      const value = written.slice(equals + 1);
      if (value === '') throw missing();
      return value;
    }
    const value = left.shift();
    if (value === undefined) throw missing();
    if (value.startsWith('-')) throw missing();
    return value.startsWith(String.raw`\-`) ? value.slice(1) : value;
  }

  #switch(name: string, isOn: boolean): void {
    this.values[name] = isOn;
    if (name.startsWith('--')) this.values[`--no-${name.slice(2)}`] = !isOn;
  }

  #assign(name: string, type: number, value: string): void {
    switch (type) {
      case optionType.integer:
      case optionType.unsignedInteger:
        this.values[name] = Math.trunc(Number(value)) || 0;
        return;
      case optionType.stringList: {
        const list: unknown = this.values[name];
        this.values[name] = [...(Array.isArray(list) ? (list as unknown[]) : []), value];
        return;
      }
      case optionType.hostPort:
        return;
      default:
        this.values[name] = value;
    }
  }
}

/** Splits at spaces; double quotes keep them, a backslash inside keeps a quote. */
function splitNodeOptions(text: string, executable: string): string[] {
  const words: string[] = [];
  let isInQuotes = false;
  let isNewWord = true;
  for (let at = 0; at < text.length; at++) {
    let character = text.charAt(at);
    if (character === '\\' && isInQuotes) {
      at += 1;
      if (at === text.length)
        throw new CommandLineError(`${executable}: invalid value for NODE_OPTIONS (invalid escape)\n\n`);
      character = text.charAt(at);
    } else if (character === ' ' && !isInQuotes) {
      isNewWord = true;
      continue;
    } else if (character === '"') {
      isInQuotes = !isInQuotes;
      continue;
    }
    if (isNewWord) words.push(character);
    else words[words.length - 1] += character;
    isNewWord = false;
  }
  if (isInQuotes)
    throw new CommandLineError(`${executable}: invalid value for NODE_OPTIONS (unterminated string)\n\n`);
  return words;
}
