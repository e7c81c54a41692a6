/** `<kept-chapters>`: a list of chapters becomes one of those that this browser keeps. */
import { Kept } from '../../service-worker/kept.ts';

/** The list stands in the page; chapters that are not kept lose their link. */
class KeptChaptersElement extends HTMLElement {
  connectedCallback(): void {
    const site = new URL(document.documentElement.dataset['base'] ?? '/', location.href);
    const show = (paths: readonly string[]) => this.#show(new Set(paths.map((path) => site.href + path)));
    new Kept(site).paths().then(show, () => show([]));
  }

  #show(kept: ReadonlySet<string>): void {
    let count = 0;
    for (const item of this.querySelectorAll('li')) {
      const isKept = kept.has(item.querySelector('a')?.href ?? '');
      item.hidden = !isKept;
      if (isKept) count += 1;
    }
    const words = this.querySelector('[data-part=words]');
    if (words)
      words.textContent =
        count === 0 ? 'No chapter is kept in this browser yet.' : 'These chapters are kept in this browser:';
    this.hidden = false;
  }
}

customElements.define('kept-chapters', KeptChaptersElement);
