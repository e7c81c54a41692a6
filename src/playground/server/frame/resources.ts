/** What a page is made of beside its HTML: scripts, styles, images and sounds, loaded from the program. */
import { resolveUrl } from '../address.ts';
import { inlineCss } from './css.ts';
import type { Link } from './link.ts';
import { collectModules, importsOf } from './modules.ts';
import { rewriteLocation } from './page-location.ts';

/** Where the address of an image waits until the image is loaded. */
const waiting = 'data-preview-src';
const media = 'img, source, video, audio, input[type="image"]';
/** Links that lead the browser itself elsewhere, or to what a preview has no place for. */
const unwanted = /\b(?:icon|preload|prefetch|preconnect|dns-prefetch|modulepreload|prerender|manifest)\b/i;

/** Puts bytes from the program in the place of addresses that the sandbox cannot reach. */
export class Resources {
  readonly #link: Link;
  readonly #navigate: (url: string) => void;

  constructor(link: Link, navigate: (url: string) => void) {
    this.#link = link;
    this.#navigate = navigate;
  }

  /** Makes a parsed page complete, before it is written into the sandbox. */
  async prepare(page: Document, url: string): Promise<void> {
    const base = page.createElement('base');
    const own = page.querySelector('base[href]')?.getAttribute('href') ?? '';
    base.href = resolveUrl(own, url) ?? url;
    for (const each of page.querySelectorAll('base, meta[http-equiv="content-security-policy" i]'))
      each.remove();
    page.head.prepend(base);
    for (const link of page.querySelectorAll('link')) if (unwanted.test(link.rel)) link.remove();
    this.#prepareRefresh(page, base.href);
    for (const element of page.querySelectorAll(media)) postpone(element);
    for (const element of page.querySelectorAll('*'))
      for (const { name, value } of element.attributes)
        if (name.startsWith('on')) element.setAttribute(name, rewriteLocation(value));
    await Promise.all([
      this.#prepareScripts(page, base.href),
      this.#prepareModules(page, base.href),
      ...[...page.querySelectorAll('link[rel~="stylesheet" i][href]')].map((link) =>
        this.#inlineSheet(link, base.href),
      ),
      ...[...page.querySelectorAll('style')].map(async (style) => {
        style.textContent = await this.#css(style.textContent, base.href);
      }),
      ...[...page.querySelectorAll('[style*="url("]')].map(async (element) => {
        element.setAttribute('style', await this.#css(element.getAttribute('style') ?? '', base.href));
      }),
    ]);
  }

  /** Loads what scripts of the page add later. */
  watch(): void {
    const load = (element: Element): void => {
      const source = element.getAttribute(waiting) ?? element.getAttribute('src') ?? '';
      if (element.matches(media)) {
        // `srcset` would name what the sandbox cannot reach.
        element.removeAttribute('srcset');
        if (source !== '') void this.#loadInto(element, source);
      } else if (element.matches('link[rel~="stylesheet" i][href]'))
        void this.#inlineSheet(element, document.baseURI);
    };
    const observer = new MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (!(node instanceof Element)) continue;
        load(node);
        for (const element of node.querySelectorAll(`${media}, link`)) load(element);
      }
    });
    observer.observe(document, { childList: true, subtree: true });
    this.#redirect(HTMLImageElement.prototype);
    this.#redirect(HTMLScriptElement.prototype);
    this.#redirect(HTMLMediaElement.prototype);
    this.#redirect(HTMLSourceElement.prototype);
  }

  /** Lets `element.src = …` and `setAttribute('src', …)` load from the program. */
  #redirect(prototype: HTMLElement & { src: string }): void {
    const assigned = new WeakMap<Element, string>();
    const assign = (element: Element, value: unknown): void => {
      assigned.set(element, String(value));
      void this.#loadInto(element, String(value));
    };
    Object.defineProperty(prototype, 'src', {
      configurable: true,
      enumerable: true,
      get(this: Element) {
        const text = assigned.get(this) ?? this.getAttribute(waiting) ?? this.getAttribute('src');
        return text === null ? '' : (resolveUrl(text, document.baseURI) ?? text);
      },
      set(this: Element, value: unknown) {
        assign(this, value);
      },
    });
    Object.defineProperty(prototype, 'setAttribute', {
      configurable: true,
      value(this: Element, name: string, value: unknown) {
        if (name.toLowerCase() === 'src') assign(this, value);
        else Element.prototype.setAttribute.call(this, name, String(value));
      },
    });
  }

  async #loadInto(element: Element, source: string): Promise<void> {
    const set = (url: string): void => Element.prototype.setAttribute.call(element, 'src', url);
    element.removeAttribute(waiting);
    if (/^(?:data|blob):/.test(source)) {
      if (element.getAttribute('src') !== source) set(source);
      return;
    }
    // Else the browser would try, and the policy would forbid it.
    element.removeAttribute('src');
    const blob = await this.#load(resolveUrl(source, document.baseURI), element instanceof HTMLImageElement);
    if (!blob) element.dispatchEvent(new Event('error'));
    else if (element instanceof HTMLScriptElement) set(toUrl(await asScript(blob, source)));
    else set(toUrl(blob));
  }

  /** Where `isImage`, also an answer with an error status counts, as in a browser. */
  async #load(url: string | undefined, isImage = false): Promise<Blob | undefined> {
    if (url === undefined) return undefined;
    try {
      const { ok, blob } = await this.#link.get(url, isImage ? 'image/*,*/*;q=0.8' : '*/*');
      if (!ok) console.error(`${url} is not there.`);
      return ok || isImage ? blob : undefined;
    } catch (error) {
      console.error(`${url}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  async #prepareScripts(page: Document, base: string): Promise<void> {
    await Promise.all(
      [...page.querySelectorAll('script')].map(async (script) => {
        if (script.type === 'module' || script.type === 'importmap') return;
        const source = script.getAttribute('src');
        if (source === null) {
          script.textContent = rewriteLocation(script.textContent);
          return;
        }
        const url = resolveUrl(source, base);
        const blob = await this.#load(url);
        script.removeAttribute('integrity');
        // A script that is not there fails where the policy forbids it.
        if (blob) script.setAttribute('src', toUrl(await asScript(blob, url ?? source)));
      }),
    );
  }

  async #prepareModules(page: Document, base: string): Promise<void> {
    const scripts = [...page.querySelectorAll<HTMLScriptElement>('script[type="module"]')];
    const own = page.querySelector('script[type="importmap"]');
    const given: Record<string, unknown> = Object.fromEntries(
      Object.entries(readImports(own?.textContent)).map(([name, target]) => [
        name,
        resolveUrl(String(target), base),
      ]),
    );
    if (scripts.length === 0) return;
    const entryOf = (script: HTMLScriptElement): string | undefined =>
      script.hasAttribute('src') ? resolveUrl(script.getAttribute('src') ?? '', base) : undefined;
    const entries = scripts.flatMap((script) => entryOf(script) ?? importsOf(script.textContent, base));
    const targets = Object.values(given).filter((target) => typeof target === 'string');
    const texts = await collectModules([...entries, ...targets], async (url) =>
      (await this.#load(url))?.text(),
    );
    const urls = new Map(
      [...texts].map(([url, text]) => [
        url,
        toUrl(new Blob([`${text}\n//# sourceURL=${url}`], { type: 'text/javascript' })),
      ]),
    );
    const named = Object.entries(given).map(
      ([name, target]) => [name, urls.get(String(target)) ?? target] as const,
    );
    const map = page.createElement('script');
    map.type = 'importmap';
    map.textContent = JSON.stringify({ imports: Object.fromEntries([...named, ...urls]) }).replaceAll(
      '<',
      String.raw`\u003c`,
    );
    own?.remove();
    page.head.prepend(map);
    for (const script of scripts) {
      const url = urls.get(entryOf(script) ?? '');
      if (url !== undefined) script.setAttribute('src', url);
      else script.textContent = rewriteLocation(script.textContent);
    }
  }

  async #inlineSheet(link: Element, base: string): Promise<void> {
    const url = resolveUrl(link.getAttribute('href') ?? '', base);
    link.removeAttribute('href');
    const blob = await this.#load(url);
    if (!blob || url === undefined) {
      link.dispatchEvent(new Event('error'));
      return;
    }
    const style = link.ownerDocument.createElement('style');
    style.media = link.getAttribute('media') ?? '';
    style.textContent = await this.#css(await blob.text(), url);
    link.after(style);
    link.dispatchEvent(new Event('load'));
    link.remove();
  }

  #css(css: string, base: string): Promise<string> {
    return inlineCss(css, base, (url) => this.#load(url), toUrl);
  }

  #prepareRefresh(page: Document, base: string): void {
    for (const meta of page.querySelectorAll('meta[http-equiv="refresh" i]')) {
      const [, seconds = '', target = ''] =
        /^\s*([\d.]+)\s*(?:[;,]\s*(?:url\s*=\s*)?["']?([^"']*))?/i.exec(meta.getAttribute('content') ?? '') ??
        [];
      meta.remove();
      const url = resolveUrl(target, base);
      if (seconds !== '' && url !== undefined) setTimeout(() => this.#navigate(url), Number(seconds) * 1000);
    }
  }
}

/** Takes the address out of reach of the browser, until the sandbox loads it. */
function postpone(element: Element): void {
  const source = element.getAttribute('src');
  element.removeAttribute('src');
  element.removeAttribute('srcset');
  if (source !== null) element.setAttribute(waiting, source);
}

async function asScript(blob: Blob, url: string): Promise<Blob> {
  const script = rewriteLocation(await blob.text());
  return new Blob([`${script}\n//# sourceURL=${url}`], { type: 'text/javascript' });
}

function toUrl(blob: Blob): string {
  return URL.createObjectURL(blob);
}

function readImports(text: string | null | undefined): object {
  try {
    const map: unknown = JSON.parse(text ?? '{}');
    const imports: unknown =
      typeof map === 'object' && map !== null ? Reflect.get(map, 'imports') : undefined;
    return typeof imports === 'object' && imports !== null ? imports : {};
  } catch {
    return {};
  }
}
