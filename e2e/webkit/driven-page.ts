/** A page that WebDriver drives, as far as functions of the tests run in it. */
import type { WebDriver } from 'selenium-webdriver';
import type { EvaluatingPage } from '../recordings.ts';

/** What a function in the page came to: its result as JSON, or its error. */
type Outcome = { readonly json?: string } | { readonly error: string };

// Runs in the page; WebDriver hands it the values and, last, a callback.
const EVALUATE = `
  const [run, given, done] = arguments;
  Promise.resolve((0, eval)('(' + run + ')')(JSON.parse(given)))
    .then((result) => done({ json: JSON.stringify(result) }), (error) => done({ error: String(error) }));
`;

/** Runs functions by their text; what they are given and what they return goes as JSON. */
export class DrivenPage implements EvaluatingPage {
  readonly #driver: WebDriver;

  constructor(driver: WebDriver) {
    this.#driver = driver;
  }

  async evaluate<Result, Given>(run: (given: Given) => Promise<Result>, given: Given): Promise<Result> {
    const outcome = await this.#driver.executeAsyncScript<Outcome>(
      EVALUATE,
      String(run),
      JSON.stringify(given),
    );
    if ('error' in outcome) throw new Error(outcome.error);
    // The function's own result, which JSON can hold.
    return (outcome.json === undefined ? undefined : JSON.parse(outcome.json)) as Result;
  }
}
