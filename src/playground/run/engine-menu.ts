/** The menu in which a reader chooses the engine, and learns why it is the one that it is. */
import { EngineError } from '../../engine/engine.ts';
import type { EngineName } from '../../engine/engine.ts';
import type { EngineNeed, EnginePreference, Engines } from '../../engine/index.ts';

interface Option {
  readonly value: EnginePreference;
  readonly label: string;
  readonly note: string;
}

const options: readonly Option[] = [
  { value: 'auto', label: 'Automatic', note: 'The best engine that works here.' },
  { value: 'webcontainer', label: 'WebContainer', note: 'A whole system, loaded from stackblitz.com.' },
  { value: 'embedded', label: 'Embedded engine', note: 'Comes with this site and needs nobody else.' },
];

/** What a menu shows. */
export interface EngineMenu {
  /** Id of the program, which no other menu of the page has. */
  readonly snippet: string;
  readonly engines: Engines;
  /** The engine that the program asks for. */
  readonly need: EngineNeed;
  /** The engine of the last run, and why it was that one. */
  readonly last: { readonly engine: EngineName; readonly reason?: string } | undefined;
  /** The reader changed something. */
  readonly onChange: () => void;
}

/** Fills the panel of a menu. */
export function showEngineMenu(panel: HTMLElement, menu: EngineMenu): void {
  const { engines, need, onChange } = menu;
  const change = (apply: () => void) => () => {
    apply();
    onChange();
    showReason(reason, retry, { ...menu, last: undefined });
  };
  const fieldset = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.textContent = 'Engine';
  fieldset.append(legend, ...options.map((option) => createRadio(option, menu, change)));
  const reason = document.createElement('p');
  reason.className = 'engine-reason';
  reason.role = 'status';
  const retry = document.createElement('button');
  retry.type = 'button';
  retry.className = 'plate-button';
  retry.textContent = 'Try WebContainer again';
  retry.addEventListener('click', () => {
    change(() => engines.retry())();
    fieldset.querySelector<HTMLInputElement>(':checked')?.focus();
  });
  panel.replaceChildren(fieldset, reason, retry);
  // Where there is nothing to choose, the reason is all there is to say.
  fieldset.hidden = need !== 'any' || (document.documentElement.dataset['engines'] ?? 'both') !== 'both';
  showReason(reason, retry, menu);
}

function createRadio(
  { value, label, note }: Option,
  { engines, snippet }: EngineMenu,
  change: (apply: () => void) => () => void,
): HTMLElement {
  const row = document.createElement('label');
  const radio = document.createElement('input');
  radio.type = 'radio';
  radio.name = `engine of ${snippet}`;
  radio.value = value;
  radio.checked = engines.preference === value;
  radio.addEventListener(
    'change',
    change(() => (engines.preference = value)),
  );
  const text = document.createElement('span');
  const small = document.createElement('small');
  small.textContent = note;
  text.append(label, small);
  row.append(radio, text);
  return row;
}

function showReason(reason: HTMLElement, retry: HTMLElement, { engines, need, last }: EngineMenu): void {
  retry.hidden = engines.failure === undefined;
  reason.textContent = last?.reason ?? sentence(engines, need);
  reason.hidden = reason.textContent === '';
}

function sentence(engines: Engines, need: EngineNeed): string {
  try {
    return engines.choose(need).reason ?? '';
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
}
