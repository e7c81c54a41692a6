/** `<install-book>`: a button where the browser lets the page ask, and words where the reader has to. */

/** What Chromium tells a page that can be installed; the library of types does not have it. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

let offered: InstallPrompt | undefined;
/** Whoever shows the button. */
const offers = new EventTarget();

addEventListener('beforeinstallprompt', (event) => {
  // The page asks when the reader presses the button.
  event.preventDefault();
  // True: events of this name are of this type.
  offered = event as InstallPrompt;
  offers.dispatchEvent(new Event('change'));
});
addEventListener('appinstalled', () => {
  offered = undefined;
  offers.dispatchEvent(new Event('change'));
});

class InstallBookElement extends HTMLElement {
  #connection = new AbortController();

  connectedCallback(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    offers.addEventListener('change', () => this.#show(), { signal });
    this.#button?.addEventListener('click', () => void this.#install(), { signal });
    this.#show();
  }

  disconnectedCallback(): void {
    this.#connection.abort();
  }

  #show(): void {
    if (this.#button) this.#button.hidden = offered === undefined;
    if (matchMedia('(display-mode: standalone)').matches) this.#say('You are reading the installed book.');
  }

  async #install(): Promise<void> {
    const prompt = offered;
    // It can be asked once.
    offered = undefined;
    const answer = await prompt?.prompt().catch(() => undefined);
    if (answer?.outcome === 'accepted') this.#say('The book is installed on this device.');
    this.#show();
  }

  #say(words: string): void {
    const place = this.querySelector('[data-part=words]');
    if (place) place.textContent = words;
  }

  get #button(): HTMLButtonElement | null {
    return this.querySelector('button');
  }
}

customElements.define('install-book', InstallBookElement);
