/** Links, forms and the history of the page: they lead to the program, by way of the site. */
import { limits } from '../preview-protocol.ts';
import type { HeaderList } from '../preview-protocol.ts';
import { resolveUrl } from '../address.ts';
import type { Link } from './link.ts';
import { createLocation } from './page-location.ts';

const accept = ['Accept', 'text/html,application/xhtml+xml,image/*;q=0.9,*/*;q=0.8'] as const;

/** Catches what leads elsewhere, and knows the address that the page believes to have. */
export class Navigation {
  readonly #link: Link;
  #url: string;

  constructor(link: Link, url: string) {
    this.#link = link;
    this.#url = url;
  }

  /** Leads to another page by GET; within this page, to a fragment. */
  go(text: string): void {
    const url = resolveUrl(text, document.baseURI);
    if (url === undefined || /^javascript:/i.test(url)) return;
    const [rest, ...hash] = url.split('#');
    if (hash.length > 0 && rest === this.#url.split('#', 1)[0] && text !== this.#url) {
      this.#move(url);
      location.hash = hash.join('#');
      return;
    }
    this.#ask('GET', url, []);
  }

  /** Once, before the first document is written. */
  install(): void {
    const pageLocation = createLocation(
      () => this.#url,
      (url) => this.go(url),
    );
    Object.defineProperty(globalThis, 'previewLocation', { value: pageLocation });
    const submit = (form: HTMLFormElement): void => void this.#submit(form, null);
    HTMLFormElement.prototype.submit = function () {
      submit(this);
    };
    for (const name of ['pushState', 'replaceState'] as const) {
      const original = history[name].bind(history);
      history[name] = (data, title, url) => {
        original(data, title);
        if (url !== null && url !== undefined) this.#move(this.#link.resolve(String(url)));
      };
    }
    Object.defineProperty(document, 'URL', { get: () => this.#url });
    Object.defineProperty(document, 'cookie', {
      configurable: true,
      get: () => this.#link.cookie,
      set: (text: unknown) => {
        this.#setCookie(String(text));
      },
    });
  }

  /** Again after `document.open`, which takes all listeners away. */
  listen(): void {
    addEventListener('click', (event) => {
      const [target] = event.composedPath();
      const anchor = target instanceof Element ? target.closest('a[href], area[href]') : null;
      const href = anchor?.getAttribute('href');
      if (event.defaultPrevented || event.button !== 0 || href === null || href === undefined) return;
      if (/^\s*javascript:/i.test(href)) return;
      event.preventDefault();
      this.go(href);
    });
    addEventListener('submit', (event) => {
      if (event.defaultPrevented || !(event.target instanceof HTMLFormElement)) return;
      if (attributeOf(event.target, event.submitter, 'method') === 'dialog') return;
      event.preventDefault();
      void this.#submit(event.target, event.submitter);
    });
  }

  async #submit(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
    const action = attributeOf(form, submitter, 'action') || this.#url;
    const target = resolveUrl(action, document.baseURI);
    if (target === undefined || /^javascript:/i.test(target)) return;
    const data = new FormData(form, submitter);
    const words = new URLSearchParams(
      [...data].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
    );
    if (attributeOf(form, submitter, 'method').toLowerCase() !== 'post') {
      const url = new URL(target);
      url.search = words.toString();
      this.#ask('GET', url.href, []);
      return;
    }
    const kind = attributeOf(form, submitter, 'enctype').toLowerCase();
    const isMultipart = kind === 'multipart/form-data';
    const type = kind === 'text/plain' ? kind : 'application/x-www-form-urlencoded';
    const text = [...words].map(([name, value]) => `${name}=${value}\r\n`).join('');
    const body = new Response(isMultipart ? data : kind === 'text/plain' ? text : words.toString());
    const contentType = isMultipart ? (body.headers.get('Content-Type') ?? '') : type;
    const bytes = new Uint8Array(await body.arrayBuffer());
    if (bytes.length > limits.body) console.error('The form holds more than the preview sends.');
    else this.#ask('POST', target, [['Content-Type', contentType]], bytes);
  }

  #ask(method: string, url: string, headers: HeaderList, body?: Uint8Array): void {
    const request = { method, url, headers: [accept, ...headers], ...(body ? { body } : {}) };
    this.#link.tell({ type: 'navigate', request });
  }

  #move(url: string): void {
    this.#url = url;
    this.#link.tell({ type: 'address', url });
  }

  #setCookie(text: string): void {
    this.#link.tell({ type: 'cookie', text });
    // What a script reads at once; the site's answer is what counts.
    const [pair = ''] = text.split(';');
    const name = pair.split('=', 1)[0]?.trim() ?? '';
    const others = this.#link.cookie
      .split('; ')
      .filter((each) => each !== '' && each.split('=', 1)[0] !== name);
    this.#link.cookie = [...others, pair.trim()].join('; ');
  }
}

/** What a form says, unless its button says otherwise. Fields may have the same names as properties. */
function attributeOf(form: HTMLFormElement, submitter: HTMLElement | null, name: string): string {
  return submitter?.getAttribute(`form${name}`) ?? Element.prototype.getAttribute.call(form, name) ?? '';
}
