/** The button that names the engine of a program, and its menu. */
import type { EngineName } from '../../engine/engine.ts';
import type { EngineNeed, StartedProgram } from '../../engine/index.ts';
import { engineChoices, hasChosenEngine } from './engine-choice.ts';
import { engineChanges, loadEngines, peekEngines } from './page-engines.ts';

const labels: Readonly<Record<EngineName, string>> = {
  webcontainer: 'WebContainer',
  embedded: 'Embedded engine',
};

/** Of which program the button is. */
export interface EngineButtonOptions {
  readonly program: string;
  /** The engine that the program asks for. */
  readonly need: EngineNeed;
  /** Ends its life. */
  readonly signal: AbortSignal;
}

/** Shows which engine ran the program last, or would run it now. */
export class EngineButton {
  readonly #button: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #options: EngineButtonOptions;
  #last: StartedProgram | undefined;

  constructor(button: HTMLElement, panel: HTMLElement, options: EngineButtonOptions) {
    this.#button = button;
    this.#panel = panel;
    this.#options = options;
    const { signal } = options;
    engineChanges.addEventListener('change', () => this.#show(), { signal });
    panel.addEventListener('beforetoggle', ({ newState }) => newState === 'open' && this.#fill(), { signal });
    if (panel.matches(':popover-open')) this.#fill();
    this.#show();
    // Where nothing is chosen, the engine is named once one is used.
    if (hasChosenEngine())
      loadEngines().then(
        () => this.#show(),
        () => {},
      );
  }

  /** The program began to run. */
  showStarted(started: StartedProgram): void {
    this.#last = started;
    engineChanges.dispatchEvent(new Event('change'));
  }

  #show(): void {
    const only = document.documentElement.dataset['engines'];
    const known = [this.#options.need, only].find((name) => name === 'webcontainer' || name === 'embedded');
    const engine = this.#last?.engine ?? known ?? this.#choice();
    this.#button.textContent = engine === undefined ? 'Engine' : labels[engine];
    this.#button.ariaLabel = engine === undefined ? null : `Engine: ${labels[engine]}`;
  }

  #choice(): EngineName | undefined {
    try {
      return peekEngines()?.choose(this.#options.need).engine;
    } catch {
      // The site has no engine for this program: Run says so.
      return undefined;
    }
  }

  #fill(): void {
    const { program, need } = this.#options;
    Promise.all([loadEngines(), import('./engine-menu.ts')]).then(
      ([engines, { showEngineMenu }]) => {
        this.#show();
        showEngineMenu(this.#panel, {
          snippet: program,
          engines,
          need,
          last: this.#last,
          onChange: () => {
            this.#last = undefined;
            engineChoices.dispatchEvent(new Event('choice'));
            engineChanges.dispatchEvent(new Event('change'));
          },
        });
      },
      () => (this.#panel.textContent = 'The menu could not be loaded. Check the connection and try again.'),
    );
  }
}
