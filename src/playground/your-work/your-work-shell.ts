/** Before `<your-work>` is loaded: at once where there is something to show, else when the reader reaches for it. */
import { hasKept } from '../store/hint.ts';

/** What a reader does first, with a pointer, by keyboard, or with a file. */
const acts = ['pointerover', 'focusin', 'dragenter', 'change', 'click'];

function prepare(): void {
  const place = document.querySelector('your-work');
  if (!place) return;
  if (hasKept() || !canKeep()) return void load(place);
  place.hidden = false;
  for (const type of acts)
    place.addEventListener(type, ({ target }) => void load(place, type === 'click' ? target : null), {
      once: true,
    });
}

/** Loads the element, and then presses again what was pressed too early. */
async function load(place: HTMLElement, pressed: EventTarget | null = null): Promise<void> {
  const isEarly = customElements.get('your-work') === undefined;
  try {
    await import('./your-work-element.ts');
    if (isEarly && pressed instanceof HTMLButtonElement) pressed.click();
  } catch {
    place.hidden = false;
    const problem = place.querySelector('[data-part=problem]');
    if (problem)
      problem.textContent = 'What this page needs could not be loaded. Check the connection and reload it.';
  }
}

/** Whether there is a place to keep anything; where there is none, the page says so. */
function canKeep(): boolean {
  try {
    return localStorage.length >= 0 && globalThis.indexedDB instanceof IDBFactory;
  } catch {
    return false;
  }
}

// The router brings the page, too.
document.addEventListener('astro:page-load', prepare);
