/** The previews of a program, one a port: loaded when the reader, or the server's first answer, asks for a page. */
import { CookieJar } from './cookie-jar.ts';
import { make } from '../element.ts';
import { Preview } from './preview.ts';
import type { PreviewOptions } from './preview.ts';

/** Shows one of the previews; cookies are of all. */
export class Previews {
  readonly element = make('div', { class: 'server-previews' });
  readonly #options: Pick<PreviewOptions, 'request' | 'connect'>;
  readonly #jar = new CookieJar();
  readonly #previews = new Map<number, Preview>();

  constructor(options: Pick<PreviewOptions, 'request' | 'connect'>) {
    this.#options = options;
  }

  /** Shows that of a port, which is loaded when it is first shown; true where the server then answered with a page. */
  async show(port: number): Promise<boolean> {
    const known = this.#previews.get(port);
    const preview = known ?? this.#make(port);
    for (const each of this.#previews.values()) each.element.hidden = each !== preview;
    return known ? false : await preview.open();
  }

  /** The program was started anew, or the server listens again. */
  reload(port: number): void {
    this.#previews.get(port)?.reload();
  }

  dispose(): void {
    for (const preview of this.#previews.values()) preview.dispose();
    this.#previews.clear();
  }

  #make(port: number): Preview {
    const { request, connect } = this.#options;
    const preview = new Preview({ port, jar: this.#jar, request, connect });
    this.#previews.set(port, preview);
    this.element.append(preview.element);
    return preview;
  }
}
