/** What V8 says of a text that it refuses: its own words and the place, which a page can ask for. */
import type { ProcessRealm } from '../create-realm.ts';

/** A mistake in a text. */
export interface Diagnosis {
  readonly message: string;
  /** Offset in the text; undefined where the browser does not tell, or where it is beyond the end. */
  readonly offset: number | undefined;
  /** Whether V8 found nothing wrong before the end of the text. */
  readonly isAtEnd: boolean;
}

/** Has V8 read a text between two others, none of which may run anything; undefined when it finds no mistake. */
export function diagnose(
  realm: ProcessRealm,
  text: string,
  head: string,
  tail: string,
): Diagnosis | undefined {
  return describe(realm, () => realm.evaluate(head + text + tail), text, head);
}

/** Whether a text, which may be no program, begins with the directive for strict mode. */
export function isStrictText(text: string): boolean {
  return /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*(?:"use strict"|'use strict')/.test(text);
}

/** Like `diagnose`, for a whole script, in which nothing around the text can be to blame. */
export function diagnoseScript(realm: ProcessRealm, text: string): Diagnosis | undefined {
  const head = `${isStrictText(text) ? '"use strict";' : ''}throw 0;`;
  // True: the code is a function of one text; as an arrow function it allows what a script allows.
  const check = realm.evaluate('(($code)=>eval($code))') as (code: string) => void;
  return describe(realm, () => check(head + text), text, head);
}

function describe(
  { guard }: ProcessRealm,
  evaluate: () => unknown,
  text: string,
  head: string,
): Diagnosis | undefined {
  const thrown = guard.call(() => void evaluate());
  if (!(thrown?.error instanceof SyntaxError)) return undefined;
  const { line, column } = thrown.place;
  const offset = line > 0 ? offsetOf(head + text, line, column) - head.length : undefined;
  const isAtEnd = offset !== undefined && offset >= text.trimEnd().length;
  return { message: thrown.error.message, offset, isAtEnd };
}

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((offset, each) => offset + each.length + 1, 0) + column - 1;
}
