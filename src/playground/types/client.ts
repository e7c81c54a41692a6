/** The page's end of the worker that knows types: started at the first question, one for all programs of the page. */
import type {
  ProgramTexts,
  TypesAnswer,
  TypesManifest,
  TypesQuestion,
  TypesRequest,
  TypesResponse,
} from './protocol.ts';

/** Characters of a program beyond which it is not asked about. */
const most = 1_000_000;

/** The answer to a question of one kind. */
type AnswerTo<Question extends TypesQuestion> = Extract<TypesAnswer, { kind: Question['kind'] }>;

let opened: Promise<TypesWorker> | undefined;

/** Asks about a file of a program; nothing where there is nothing to say. Rejects where the worker cannot be loaded. */
export async function askTypes<Question extends TypesQuestion>(
  files: ProgramTexts,
  file: string,
  question: Question,
): Promise<AnswerTo<Question> | undefined> {
  let length = 0;
  for (const text of Object.values(files)) length += text.length;
  if (length > most) return undefined;
  // A failure is forgotten, so that the next try may succeed.
  opened ??= openWorker().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  // True: the worker answers in kind.
  return (await (await opened).ask(files, file, question)) as AnswerTo<Question> | undefined;
}

async function openWorker(): Promise<TypesWorker> {
  const base = new URL(`${document.documentElement.dataset['base'] ?? '/'}types/`, location.href);
  const response = await fetch(new URL('manifest.json', base));
  if (!response.ok) throw new Error(`The types of Node could not be loaded: ${response.status}.`);
  // True: the site's build wrote it so.
  const { worker, library } = (await response.json()) as TypesManifest;
  return new TypesWorker(new URL(worker, base), new URL(library, base));
}

interface Waiting {
  readonly resolve: (answer: TypesAnswer | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Questions on their way to a worker, and answers on theirs. */
class TypesWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #failure: Error | undefined;
  #id = 0;

  constructor(script: URL, library: URL) {
    this.#worker = new Worker(script);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<TypesResponse>) => this.#hear(data));
    this.#worker.addEventListener('error', ({ message }) => this.#fail(message));
    this.#send({ type: 'open', library: library.href });
  }

  ask(files: ProgramTexts, file: string, question: TypesQuestion): Promise<TypesAnswer | undefined> {
    if (this.#failure) return Promise.reject(this.#failure);
    this.#id += 1;
    const id = this.#id;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ type: 'ask', id, files, file, question });
    });
  }

  #send(request: TypesRequest): void {
    this.#worker.postMessage(request, []);
  }

  #hear(response: TypesResponse): void {
    if (response.type === 'failed') return this.#fail(response.message);
    this.#waiting.get(response.id)?.resolve(response.answer);
    this.#waiting.delete(response.id);
  }

  #fail(reason: string): void {
    this.#failure = new Error(`The types of Node could not be loaded: ${reason}`);
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
    // The next question starts another.
    opened = undefined;
  }
}
