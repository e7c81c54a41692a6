/** `<node-playground>`: the playground of `/play/`, and a program from a link in it. Nothing runs before Run is pressed. */
import { fingerprint } from '../fingerprint.ts';
import { claimPendingRun } from '../run/isolation.ts';
import { commandLine, describeLines, inputLine, variableLines } from './program-contents.ts';
import type { SharedProgram } from './shared-program.ts';
import type { NodeSnippetElement } from '../snippet-element.ts';

/** What the playground gives its `<node-snippet>`. */
type Adopted = Parameters<Awaited<ReturnType<NodeSnippetElement['workbench']>>['adopt']>[0];

const warning =
  'This program comes from a link. Nobody of this site has checked it. It runs only when you press Run, in a sandbox that cannot reach this site.';

/** Holds an empty sentence and an empty description, then one `<node-snippet>` with the starter. */
export class NodePlaygroundElement extends HTMLElement {
  #connection = new AbortController();
  /** Ends the opening of a link when the next one comes. */
  #opening = new AbortController();
  #starter: Adopted | undefined;
  /** Id of what the plate shows; empty while it changes. */
  #shown = '';
  /** What the address held when it was opened. */
  #hash = '';

  connectedCallback(): void {
    this.#connection = new AbortController();
    this.#starter ??= this.#readStarter();
    this.#shown = this.#starter.id;
    const { signal } = this.#connection;
    addEventListener('hashchange', () => this.#follow(), { signal });
    // Where a link leads within the page, the router changes the address, and says no more than this.
    addEventListener('popstate', ({ state }) => state === null && this.#follow(), { signal });
    void this.#open(); // It never rejects.
  }

  disconnectedCallback(): void {
    this.#connection.abort();
    this.#opening.abort();
  }

  #follow(): void {
    if (location.hash === this.#hash) return;
    // The link to the text does not change the program: it stays in the address.
    const isElsewhere = location.hash !== '' && !location.hash.startsWith('#program=');
    if (isElsewhere) history.replaceState(history.state, '', this.#hash || location.pathname);
    else void this.#open(); // It never rejects.
  }

  /** Opens what the address holds: a program, or none. */
  async #open(): Promise<void> {
    this.#hash = location.hash;
    this.#opening.abort();
    this.#opening = new AbortController();
    const { signal } = this.#opening;
    let shared: SharedProgram | undefined;
    let problem = '';
    try {
      if (location.hash !== '') shared = await decode(location.hash);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (signal.aborted) return;
    const wanted = shared ? adoptedOf(shared) : this.#starter;
    const isPending = claimPendingRun(wanted?.id, true);
    try {
      if (wanted && wanted.id !== this.#shown) {
        this.#say(shared ? 'Opening the program of the link.' : '');
        this.#describe(undefined);
        await customElements.whenDefined('node-snippet');
        const workbench = await this.#plate.workbench();
        if (signal.aborted) return;
        this.#shown = '';
        await workbench.adopt(wanted);
        this.#shown = signal.aborted ? '' : wanted.id;
        if (!signal.aborted && shared && isPending) workbench.run();
      }
      if (signal.aborted) return;
      this.#describe(shared);
      this.#say(shared ? warning : problem && `${problem} Below is the empty playground.`, problem !== '');
    } catch {
      if (!signal.aborted)
        this.#say(
          'The program of this link could not be opened. Check the connection and reload the page.',
          true,
        );
    }
  }

  get #plate(): NodeSnippetElement {
    const plate = this.querySelector('node-snippet');
    if (!plate) throw new Error('The playground has no program.');
    return plate;
  }

  #part(name: string): HTMLElement {
    const element = this.querySelector<HTMLElement>(`:scope > [data-part=${name}]`);
    if (!element) throw new Error(`The playground has no part named ${name}.`);
    return element;
  }

  #readStarter(): Adopted {
    const plate = this.querySelector<HTMLElement>('node-snippet');
    // True: Snippet.astro wrote it, from a Snippet.
    const { entry, args, env } = JSON.parse(plate?.dataset['program'] ?? '') as Adopted['original'];
    const blocks = [...(plate?.querySelectorAll<HTMLElement>('pre[data-file]') ?? [])];
    const files = Object.fromEntries(blocks.map((pre) => [pre.dataset['file'] ?? '', pre.textContent]));
    const title = plate?.querySelector('.plate-title')?.textContent.trim() ?? '';
    return { id: plate?.dataset['snippet'] ?? '', title, original: { files, entry, args, env } };
  }

  #say(sentence: string, isProblem = false): void {
    const notice = this.#part('notice');
    notice.textContent = sentence;
    notice.toggleAttribute('data-problem', isProblem);
  }

  /** Lists what is in a program, so that nothing of it is out of sight. */
  #describe(shared: SharedProgram | undefined): void {
    const rows: [term: string, details: readonly string[]][] = [];
    if (shared) {
      const { files, env, stdin } = shared;
      rows.push(
        ['Files', Object.entries(files).map(([name, text]) => `${name} (${describeLines(text)})`)],
        ['Command', [commandLine(shared)]],
      );
      if (Object.keys(env).length > 0) rows.push(['Environment', variableLines(shared)]);
      if (stdin !== undefined) rows.push(['Input', [inputLine(stdin)]]);
    }
    const list = document.createElement('dl');
    list.append(
      ...rows.flatMap(([term, details]) => [
        createElement('dt', term),
        // Each by itself, so that a name that is written from right to left does not turn its neighbours.
        ...details.map((detail) => {
          const item = createElement('dd', '');
          item.append(createElement('bdi', detail));
          return item;
        }),
      ]),
    );
    const contents = this.#part('contents');
    contents.hidden = !shared;
    contents.replaceChildren(list);
  }
}

/** The program of a link; what reads it is loaded when there is one. Rejects with a sentence. */
async function decode(hash: string): Promise<SharedProgram | undefined> {
  const { decodeSharedProgram } = await import('./shared-program.ts').catch(() => {
    throw new Error('What opens links could not be loaded. Check the connection and reload the page.');
  });
  return await decodeSharedProgram(hash);
}

/** A shared program as the plate takes it; the same link has the same id, also after a reload. */
function adoptedOf({ title, ...original }: SharedProgram): Adopted {
  return {
    id: `play/shared-${fingerprint(JSON.stringify([title, original]))}`,
    title: title || 'A program without a title',
    original,
  };
}

function createElement(name: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

customElements.define('node-playground', NodePlaygroundElement);

declare global {
  interface HTMLElementTagNameMap {
    'node-playground': NodePlaygroundElement;
  }
}
