/** A site at its address, as its host answers for it. */

/** One answer, with its whole text. */
export interface Answer {
  /** Address that was asked for. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Milliseconds for one answer. */
const PATIENCE = 30_000;

/** Asks for paths of a site, each once; follows no redirects. */
export class DeployedSite {
  /** Address of the contents page; ends with a slash. */
  readonly url: URL;
  readonly #answers = new Map<string, Promise<Answer>>();

  constructor(url: URL) {
    this.url = url;
  }

  /** The answer for a path below the site, without a slash at its beginning, or for a whole address. Rejects with a sentence where there is none. */
  get(path: string): Promise<Answer> {
    const { href } = new URL(path, this.url);
    const known = this.#answers.get(href);
    if (known) return known;
    const answer = ask(href);
    this.#answers.set(href, answer);
    return answer;
  }
}

async function ask(url: string): Promise<Answer> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { 'Accept-Encoding': 'br, gzip', Accept: '*/*' },
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { url, status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Error(`${url} does not answer: ${cause}.`, { cause: error });
  }
}
