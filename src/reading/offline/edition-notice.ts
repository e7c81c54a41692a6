/**
 * Says that there is a new edition of the book, and loads it when the reader wants it. It imports nothing, so that one file is
 * all that a first visit loads after the page.
 */
import type { LeavingEvent } from '../../playground/store/index.ts';
import styles from '../../styles/edition-notice.css?inline';

const laterKey = 'loopbook:edition-later';

let waiting: ServiceWorker | undefined;
let notice: HTMLElement | undefined;
let isLoading = false;

/**
 * Shows the notice; `worker` is the one that waits with the new edition. Without it another tab has loaded that already, and
 * this page is of the edition before.
 */
export function showEditionNotice(worker?: ServiceWorker): void {
  waiting = worker;
  if (isLoading || notice || isForLater()) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  document.adoptedStyleSheets.push(sheet);
  const shown = (notice = document.createElement('aside'));
  shown.className = 'edition-notice';
  shown.ariaLabel = 'New edition';
  const words = document.createElement('p');
  words.role = 'status';
  shown.append(
    words,
    makeButton('Load it', () => load(words)),
    makeButton('Later', () => {
      shown.remove();
      putOff();
    }),
  );
  document.body.append(shown);
  // There before it says something: only then it is heard.
  words.textContent = sentence();
  // Navigation within the site brings a new body.
  document.addEventListener('astro:before-swap', ({ newDocument }) => {
    if (shown.isConnected) newDocument.body.append(shown);
  });
}

/** Whether the reader said so in this visit. */
function isForLater(): boolean {
  try {
    return sessionStorage.getItem(laterKey) !== null;
  } catch {
    return false;
  }
}

function putOff(): void {
  try {
    sessionStorage.setItem(laterKey, '1');
  } catch {
    // The next page asks again.
  }
}

function makeButton(text: string, onClick: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.addEventListener('click', onClick);
  return button;
}

function sentence(): string {
  const isRunning = document.querySelector('node-snippet[data-state=running]') !== null;
  const stops = isRunning ? ' The program that runs will be stopped.' : '';
  return `There is a new edition of this book. Your changes stay.${stops}`;
}

function load(words: HTMLElement): void {
  if (isLoading) return;
  // The store, if the page has one, objects where it could not keep everything.
  const leaving = new Event('loopbook:leaving' satisfies LeavingEvent, { cancelable: true });
  if (!dispatchEvent(leaving)) {
    words.textContent =
      'Not all of your changes could be kept in this browser, and loading the new edition would lose them. Export them first: see “What this browser keeps”.';
    return;
  }
  isLoading = true;
  words.textContent = 'Loading the new edition.';
  if (waiting?.state !== 'installed') return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('skip-waiting', []);
}
