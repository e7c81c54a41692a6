/** What TypeScript's language service says about a program of the page: no worker and no DOM, so that tests can ask it in Node. */
import ts from 'typescript';
import type {
  Completions,
  Description,
  Diagnostic,
  ProgramTexts,
  TypesAnswer,
  TypesQuestion,
} from './protocol.ts';

/** Where a program's files lie for TypeScript, beside the declarations. */
const root = '/program/';
const scripts = /\.(?:[mc]?[jt]s|json)$/;
const typed = /\.[mc]?ts$/;

// What Node does with a program: TypeScript's types are stripped, both kinds of modules work in one file name.
const options: ts.CompilerOptions = {
  allowImportingTsExtensions: true,
  allowJs: true,
  erasableSyntaxOnly: true,
  lib: ['lib.esnext.d.ts'],
  module: ts.ModuleKind.Preserve,
  moduleDetection: ts.ModuleDetectionKind.Force,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ESNext,
  typeRoots: ['/node_modules/@types'],
  types: ['node'],
  verbatimModuleSyntax: true,
};

/** Codes of complaints that are about what was packed, not about the program: a package without types here. */
const unknownPackage = new Set([2307, 7016]);

/** Answers questions about programs, one program at a time. */
export class ProgramTypes {
  readonly #library: ReadonlyMap<string, string>;
  readonly #snapshots = new Map<string, ts.IScriptSnapshot>();
  readonly #service: ts.LanguageService;
  #files = new Map<string, { readonly text: string; readonly version: number }>();
  #version = 0;

  /** `library` is what `npm run types` packed: texts of declarations by absolute path. */
  constructor(library: ReadonlyMap<string, string>) {
    this.#library = library;
    const folders = foldersOf(library.keys());
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getCurrentDirectory: () => root,
      getDefaultLibFileName: () => '/lib/lib.esnext.d.ts',
      getScriptFileNames: () => [...this.#files.keys()],
      getScriptVersion: (path) => String(this.#files.get(path)?.version ?? 0),
      getScriptSnapshot: (path) => this.#snapshot(path),
      getScriptKind: (path) => (path.endsWith('.json') ? ts.ScriptKind.JSON : kindOf(path)),
      fileExists: (path) => this.#read(path) !== undefined,
      readFile: (path) => this.#read(path),
      directoryExists: (path) => folders.has(path) || `${path}/` === root || path === '/',
      getDirectories: (path) => childrenOf(path, folders),
    });
  }

  /** An answer of the question's kind; nothing where there is nothing to say. */
  ask(files: ProgramTexts, file: string, question: TypesQuestion): TypesAnswer | undefined {
    this.#take(files);
    const path = root + file;
    if (!scripts.test(file) || !this.#files.has(path)) return undefined;
    const { kind } = question;
    if (kind === 'diagnose') return { kind, diagnostics: this.#diagnose(path) };
    if (kind === 'complete') {
      const completions = this.#complete(path, question.position, question.trigger);
      return completions && { kind, ...completions };
    }
    const description =
      kind === 'describe'
        ? this.#describe(path, question.position)
        : this.#explain(path, question.position, question.name);
    return description && { kind, ...description };
  }

  #take(files: ProgramTexts): void {
    const next = new Map<string, { readonly text: string; readonly version: number }>();
    for (const [name, text] of Object.entries(files)) {
      if (!scripts.test(name)) continue;
      const path = root + name;
      const known = this.#files.get(path);
      if (known?.text === text) next.set(path, known);
      else next.set(path, { text, version: ++this.#version });
    }
    this.#files = next;
  }

  #read(path: string): string | undefined {
    return this.#files.get(path)?.text ?? this.#library.get(path);
  }

  #snapshot(path: string): ts.IScriptSnapshot | undefined {
    const own = this.#files.get(path);
    if (own) return ts.ScriptSnapshot.fromString(own.text);
    const text = this.#library.get(path);
    if (text === undefined) return undefined;
    const snapshot = this.#snapshots.get(path) ?? ts.ScriptSnapshot.fromString(text);
    this.#snapshots.set(path, snapshot);
    return snapshot;
  }

  #complete(path: string, position: number, trigger?: string): Completions | undefined {
    const found = this.#service.getCompletionsAtPosition(path, position, {
      includeCompletionsWithInsertText: false,
      // True: those that the language service does not know as triggers start nothing on their own.
      ...(trigger === undefined ? {} : { triggerCharacter: trigger as ts.CompletionsTriggerCharacter }),
    });
    if (!found) return undefined;
    const { optionalReplacementSpan, entries } = found;
    const span = entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
    return {
      from: (span ?? optionalReplacementSpan)?.start,
      entries: entries.map(({ name, kind, sortText, insertText }) => ({
        name,
        kind,
        rank: sortText,
        ...(insertText === undefined || insertText === name ? {} : { insert: insertText }),
      })),
    };
  }

  #explain(path: string, position: number, name: string): Description | undefined {
    const found = this.#service.getCompletionEntryDetails(
      path,
      position,
      name,
      undefined,
      undefined,
      undefined,
      undefined,
    );
    if (!found) return undefined;
    return {
      signature: ts.displayPartsToString(found.displayParts),
      documentation: ts.displayPartsToString(found.documentation),
      from: position,
      to: position,
    };
  }

  #describe(path: string, position: number): Description | undefined {
    const found = this.#service.getQuickInfoAtPosition(path, position);
    if (!found?.displayParts) return undefined;
    return {
      signature: ts.displayPartsToString(found.displayParts),
      documentation: ts.displayPartsToString(found.documentation),
      from: found.textSpan.start,
      to: found.textSpan.start + found.textSpan.length,
    };
  }

  #diagnose(path: string): Diagnostic[] {
    const found: ts.Diagnostic[] = [...this.#service.getSyntacticDiagnostics(path)];
    if (typed.test(path)) {
      found.push(...this.#service.getSemanticDiagnostics(path).filter((one) => !isAboutPackage(one)));
      found.push(...this.#service.getSuggestionDiagnostics(path).filter((one) => one.reportsDeprecated));
    }
    return found.map(({ start = 0, length = 0, category, messageText, reportsDeprecated }) => ({
      from: start,
      to: start + length,
      severity: category === ts.DiagnosticCategory.Error ? 'error' : reportsDeprecated ? 'info' : 'warning',
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }));
  }
}

function isAboutPackage({ code, file, start = 0, length = 0 }: ts.Diagnostic): boolean {
  if (!unknownPackage.has(code)) return false;
  const specifier = file?.text.slice(start, start + length) ?? '';
  return !/^['"`](?:\.{0,2}\/|node:)/.test(specifier);
}

function kindOf(path: string): ts.ScriptKind {
  return typed.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JS;
}

/** Every folder that has a file below it, without a slash at the end. */
function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
      folders.add(path.slice(0, end));
  }
  return folders;
}

function childrenOf(path: string, folders: ReadonlySet<string>): string[] {
  const start = path.endsWith('/') ? path : `${path}/`;
  return [...folders]
    .filter((folder) => folder.startsWith(start) && !folder.includes('/', start.length))
    .map((folder) => folder.slice(start.length));
}
