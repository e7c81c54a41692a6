/** What a reader with WebKit does on the built site: as `hosts/smoke.ts`, and an edit that has to stay. */
import type { IncomingMessage, Server } from 'node:http';
import { By, error as failures, until } from 'selenium-webdriver';
import type { WebDriver, WebElement } from 'selenium-webdriver';
import { FIRST, SECOND, SERVER } from '../visited-chapters.ts';

/** What the reader found. */
export interface VisitReport {
  readonly isIsolated: boolean;
  /** Whether the page loaded itself again before its first program ran. */
  readonly isReloaded: boolean;
  /** Whether Back loaded the page anew, and so ended the engine. */
  readonly isLoadedOnBack: boolean;
  /** A line for each step that failed. */
  readonly problems: readonly string[];
}

/** The first program of one module, without files or a command of its own. */
const PROGRAM = `node-snippet[data-program*='"kind":"script"']:has(pre[data-file$=".mjs"]):not(:has(.plate-file-name, [data-part=command]))`;
const SERVER_PROGRAM = `node-snippet:has([aria-label="${SERVER.program}"])`;

// A screen without a window manager has no window that keys go to.
const TYPE = `
  arguments[0].focus();
  document.execCommand('selectAll');
  document.execCommand('insertText', false, arguments[1]);
`;

// What is typed before it is known what was kept does not outlive the page.
const UNTIL_KEPT = `
  const [snippet, done] = arguments;
  snippet.program().then(() => done());
`;

// WebDriver presses where the element was a moment ago.
const SETTLE = `
  const [element, done] = arguments;
  let place = NaN;
  let calmFrames = 0;
  const look = () => {
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const now = element.getBoundingClientRect().top + scrollY;
    calmFrames = now === place ? calmFrames + 1 : 0;
    place = now;
    if (calmFrames < 20) requestAnimationFrame(look);
    else done();
  };
  look();
`;

/** Milliseconds: engines start in the time of a busy machine. */
const PATIENCE = 30_000;

/** Visits the site of a server, at an address that ends with a slash; never throws for what is wrong with the site. */
export async function visit(driver: WebDriver, site: string, server: Server): Promise<VisitReport> {
  const reader = new Reader(driver, site);
  const problems: string[] = [];
  const step = async (name: string, act: () => Promise<void>): Promise<void> => {
    await act().catch((error: unknown) => problems.push(`${name}: ${String(error).split('\n', 1)[0]}`));
  };
  let loads = 0;
  const count = ({ url, headers }: IncomingMessage): void => {
    if (url === `/${FIRST.path}` && headers['sec-fetch-mode'] === 'navigate') loads += 1;
  };
  server.on('request', count);
  await step('the first visit', () => reader.runFirst());
  server.off('request', count);
  const isIsolated = await driver.executeScript<boolean>('return crossOriginIsolated');
  await step('the next chapter by its link', () => reader.goOn());
  let isLoadedOnBack = false;
  await step('Back', async () => void (isLoadedOnBack = await reader.comeBack()));
  await step('an edit and a reload', () => reader.editAndReload());
  await step('a server and a request to it', () => reader.runServer());
  return { isIsolated, isReloaded: loads > 1, isLoadedOnBack, problems };
}

class Reader {
  readonly #driver: WebDriver;
  readonly #site: string;

  constructor(driver: WebDriver, site: string) {
    this.#driver = driver;
    this.#site = site;
  }

  async runFirst(): Promise<void> {
    await this.#driver.get(this.#site + FIRST.path);
    await this.#runRecorded();
  }

  async goOn(): Promise<void> {
    const loaded = await this.#timeOfLoad();
    await this.#press(`a[href$="/${SECOND.path}"]`);
    await this.#driver.wait(until.titleContains(SECOND.title), PATIENCE);
    await this.#runRecorded();
    if ((await this.#timeOfLoad()) !== loaded) throw new Error('a link within the site loads the page anew');
  }

  /** Whether the page was loaded anew. */
  async comeBack(): Promise<boolean> {
    const loaded = await this.#timeOfLoad();
    await this.#driver.navigate().back();
    await this.#driver.wait(until.titleContains(FIRST.title), PATIENCE);
    await this.#runRecorded();
    return (await this.#timeOfLoad()) !== loaded;
  }

  async editAndReload(): Promise<void> {
    const words = 'typed by a reader';
    await this.#press(`${PROGRAM} [data-part=edit]`);
    const editor = await this.#find(`${PROGRAM} [contenteditable=true]`);
    await this.#driver.executeScript(TYPE, editor, `console.log('${words}')`);
    await this.#driver.executeAsyncScript(UNTIL_KEPT, await this.#find(PROGRAM));
    await this.#driver.navigate().refresh();
    await this.#waitForText(`${PROGRAM} .plate-file`, words);
    await this.#run(PROGRAM);
    await this.#waitForText(`${PROGRAM} [role=log]`, words);
  }

  /** Its preview is a frame within a frame. */
  async runServer(): Promise<void> {
    await this.#driver.get(this.#site + SERVER.path);
    await this.#press(`${SERVER_PROGRAM} [data-part=run]`);
    const request = By.xpath(`//button[starts-with(normalize-space(), '${SERVER.request}')]`);
    await this.#click(await this.#driver.wait(until.elementLocated(request), PATIENCE));
    await this.#waitForText(SERVER_PROGRAM, 'Same as recorded on real Node.');
    await this.#click(
      await this.#driver.findElement(By.xpath(`//*[@role='tab'][normalize-space()='Preview']`)),
    );
    for (const frame of ['.preview:not([hidden]) > iframe', 'iframe'])
      await this.#driver.switchTo().frame(await this.#find(frame));
    await this.#waitForText('body', 'nothing here');
    await this.#driver.switchTo().defaultContent();
    await this.#press(`${SERVER_PROGRAM} [data-part=stop]`);
    await this.#find(`${SERVER_PROGRAM}[data-state=stopped]`);
  }

  /** Runs the page's first program, and expects its recorded output. */
  async #runRecorded(): Promise<void> {
    await this.#run(PROGRAM);
    await this.#waitForText(`${PROGRAM} [data-part=result]`, 'Same as the recorded output.');
  }

  async #run(program: string): Promise<void> {
    await this.#press(`${program} [data-part=run]`);
    await this.#find(`${program}[data-state=exited]`);
  }

  async #press(css: string): Promise<void> {
    await this.#until(`no ${css} to press`, async () => {
      await this.#click(await this.#find(css));
      return true;
    });
  }

  /** In the middle of the window, where nothing covers it, once the page above it has its height. */
  async #click(element: WebElement): Promise<void> {
    await this.#driver.executeAsyncScript(SETTLE, element);
    await element.click();
  }

  /** The first that is displayed, on whichever page is there by then. */
  #find(css: string): Promise<WebElement> {
    return this.#until(`no ${css}`, async () => {
      for (const element of await this.#driver.findElements(By.css(css)))
        if (await element.isDisplayed()) return element;
      return undefined;
    });
  }

  async #waitForText(css: string, words: string): Promise<void> {
    await this.#until(`no "${words}" in ${css}`, async () => {
      const text = await (await this.#find(css)).getText();
      return text.includes(words) ? true : undefined;
    });
  }

  /** Asks again while there is nothing, or the page has just become another one. */
  async #until<Found>(otherwise: string, ask: () => Promise<Found | undefined>): Promise<Found> {
    const found = (): Promise<Found | undefined> =>
      ask().catch((reason: unknown) => {
        if (reason instanceof failures.StaleElementReferenceError) return undefined;
        throw reason;
      });
    // The wait ends only with something.
    return (await this.#driver.wait(found, PATIENCE, otherwise)) as Found;
  }

  #timeOfLoad(): Promise<number> {
    return this.#driver.executeScript('return performance.timeOrigin');
  }
}
