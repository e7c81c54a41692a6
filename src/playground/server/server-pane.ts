/** The servers of a program: a preview of their pages, and a console for any request. Loaded when one first listens. */
import type { ProgramRequest, ProgramResponse, ProgramWebSocket } from '../../engine/engine.ts';
import css from '../../styles/server-pane.css?inline';
import { adoptStyles } from '../adopt-styles.ts';
import { make, uniqueId } from '../element.ts';
import type { Previews } from './previews.ts';
import { contentTypeOf, isHtml } from './body-kind.ts';
import { RequestConsole } from './request-console.ts';
import type { SavedRequest } from './saved-request.ts';
import { Tabs } from './tabs.ts';
import { WebSocketConsole } from './web-socket-console.ts';
import type { KeptRequest } from '../store/kept.ts';

/** What the pane needs of its program. */
export interface ServerPaneOptions {
  /** Id of the program. */
  readonly program: string;
  /** Rejects with a sentence, or with the reason of `signal`. */
  request(port: number, request: ProgramRequest, signal?: AbortSignal): Promise<ProgramResponse>;
  /** Rejects with a sentence. */
  connect(port: number, path: string, protocols?: readonly string[]): Promise<ProgramWebSocket>;
  /** It asks its own servers, and its output shows what they were asked: only the reader adds to that. */
  readonly servesItself: boolean;
  /** Requests that come with the chapter. */
  readonly saved: readonly SavedRequest[];
  /** What the reader sent to this program. */
  readonly history: { read(): Promise<KeptRequest[]>; add(request: KeptRequest): void };
}

type TabName = 'preview' | 'requests';

/** One program's pane: tabs for preview and requests, and a choice of port where there are several. */
export class ServerPane {
  readonly element: HTMLElement;
  readonly #options: ServerPaneOptions;
  readonly #ports = new Set<number>();
  readonly #choice = make('select', { class: 'server-input', label: 'Server' });
  readonly #only = make('span', { class: 'server-name' });
  readonly #status = make('p', { class: 'server-note', role: 'status' });
  readonly #panel = make('div');
  readonly #console: RequestConsole;
  readonly #socket: WebSocketConsole;
  readonly #tabs: Tabs<TabName>;
  #previews: Promise<Previews> | undefined;
  #port = 0;
  #hasBegun = false;
  #hasChosen = false;

  constructor(options: ServerPaneOptions) {
    adoptStyles(css);
    this.#options = options;
    this.#console = new RequestConsole({
      saved: options.saved,
      history: options.history,
      port: () => this.#port,
      choosePort: (port) => {
        if (this.#ports.has(port)) this.#choose(port);
      },
      request: (port, request, signal) => options.request(port, request, signal),
    });
    this.#socket = new WebSocketConsole((path, protocols) => options.connect(this.#port, path, protocols));
    this.#tabs = new Tabs<TabName>(
      'Server',
      { preview: 'Preview', requests: 'Requests' },
      { preview: this.#panel, requests: this.#makeModes() },
      (name) => {
        this.#hasChosen = true;
        if (name === 'preview') void this.#showPreview(this.#port);
      },
    );
    this.#tabs.select('requests');
    this.#choice.id = uniqueId();
    this.#choice.addEventListener('change', () => this.#choose(Number(this.#choice.value)));
    const head = make('div', { class: 'server-head' }, this.#tabs.list, this.#only, this.#choice);
    this.element = make(
      'section',
      { class: 'server-pane', label: 'Server of the program' },
      head,
      this.#status,
      ...this.#tabs.panels,
    );
    // What the reader does in it decides, no longer what the server answers.
    this.element.addEventListener('input', () => (this.#hasChosen = true));
  }

  /** A server listens. */
  open(port: number): void {
    const isFirst = this.#ports.size === 0;
    this.#ports.add(port);
    this.#status.textContent = '';
    if (isFirst) {
      this.#port = port;
      this.#begin(port);
    } else this.#ifLoaded((previews) => previews.reload(port));
    this.#showPorts();
  }

  /** A server stopped, and the program goes on. */
  close(port: number): void {
    this.#ports.delete(port);
    const [other] = this.#ports;
    this.#status.textContent = `The server on port ${port} does not listen any more.`;
    if (port === this.#port && other !== undefined) this.#choose(other);
    this.#showPorts();
  }

  /** The program is gone: what its servers answered stays. */
  ended(): void {
    this.#ports.clear();
    this.#status.textContent =
      'The program has ended. What its server answered can still be read; run it again to send more.';
  }

  /** Takes the pane away. */
  dispose(): void {
    this.#ifLoaded((previews) => previews.dispose());
    this.#console.dispose();
    this.#socket.dispose();
    this.element.remove();
  }

  /** The console for requests, and that for a WebSocket in its place. */
  #makeModes(): HTMLElement {
    const modes = { HTTP: this.#console.element, WebSocket: this.#socket.element };
    const group = uniqueId();
    const choice = make(
      'fieldset',
      { class: 'server-modes' },
      make('legend', { class: 'visually-hidden', text: 'Protocol' }),
    );
    for (const [name, element] of Object.entries(modes)) {
      const radio = make('input');
      radio.type = 'radio';
      radio.name = group;
      radio.checked = name === 'HTTP';
      element.hidden = !radio.checked;
      radio.addEventListener('change', () => {
        for (const [each, other] of Object.entries(modes)) other.hidden = each !== name;
      });
      choice.append(make('label', {}, radio, name));
    }
    return make('div', {}, choice, ...Object.values(modes));
  }

  /** Opens on the tab that suits the server; where the chapter brings requests, they tell. */
  #begin(port: number): void {
    if (this.#hasBegun) return this.#ifLoaded((previews) => previews.reload(port));
    this.#hasBegun = true;
    const { saved, servesItself } = this.#options;
    if (servesItself) return;
    if (saved.length === 0) {
      void this.#showPreview(port).then((isPage) => {
        if (isPage && !this.#hasChosen) this.#tabs.select('preview');
      });
      return;
    }
    const hasPage = saved.some(
      ({ method, recorded }) => method === 'GET' && recorded && isHtml(contentTypeOf(recorded)),
    );
    if (!hasPage || this.#hasChosen) return;
    this.#tabs.select('preview');
    void this.#showPreview(port);
  }

  #choose(port: number): void {
    this.#port = port;
    this.#showPorts();
    if (this.#tabs.selected === 'preview') void this.#showPreview(port);
  }

  /** The preview of a port, loaded when it is first looked at; true where its server then answered with a page. */
  async #showPreview(port: number): Promise<boolean> {
    try {
      const previews = await (this.#previews ??= this.#loadPreviews());
      return await previews.show(port);
    } catch {
      this.#previews = undefined;
      this.#status.textContent =
        'The preview could not be loaded. Check the connection, then choose it again.';
      return false;
    }
  }

  /** Does something with the previews, where the reader looked at one. */
  #ifLoaded(act: (previews: Previews) => void): void {
    // Who wanted to look was told that they could not be loaded.
    this.#previews?.then(act, () => {});
  }

  async #loadPreviews(): Promise<Previews> {
    const { Previews } = await import('./previews.ts');
    const previews = new Previews({
      request: (port, request, signal) => this.#options.request(port, request, signal),
      connect: (port, path, protocols) => this.#options.connect(port, path, protocols),
    });
    this.#panel.replaceChildren(previews.element);
    return previews;
  }

  #showPorts(): void {
    const ports = [...new Set([...this.#ports, this.#port])].toSorted((one, other) => one - other);
    this.#choice.replaceChildren(...ports.map((port) => new Option(`localhost:${port}`, String(port))));
    this.#choice.value = String(this.#port);
    const hadFocus = document.activeElement === this.#choice;
    this.#choice.hidden = ports.length < 2;
    this.#only.hidden = ports.length > 1;
    this.#only.textContent = `localhost:${this.#port}`;
    if (hadFocus && this.#choice.hidden) this.#tabs.focus();
  }
}
