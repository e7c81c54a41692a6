/** What a server answered here, beside what it answered on real Node. */
import { toBase64 } from './base64.ts';
import type { RecordedResponse } from './saved-request.ts';

/** The part of an answer that has to be the same. */
export interface Answer {
  readonly status: number;
  /** All of the body. */
  readonly body: Uint8Array;
}

/** Whether they are the same, in a sentence. */
export interface ExchangeComparison {
  readonly isSame: boolean;
  readonly sentence: string;
}

/** Compares status and body; headers carry dates and differ from run to run. */
export function compareExchange(recorded: RecordedResponse, { status, body }: Answer): ExchangeComparison {
  const hasStatus = recorded.status === status;
  const hasBody = recorded.body === (recorded.encoding === 'base64' ? toBase64(body) : textOf(body));
  if (hasStatus && hasBody) return { isSame: true, sentence: 'Same as recorded on real Node.' };
  const what = hasStatus ? 'The body differs' : hasBody ? 'The status differs' : 'Status and body differ';
  const was = hasStatus ? '' : `, which has ${recorded.status}`;
  return { isSame: false, sentence: `${what} from the recording${was}.` };
}

function textOf(body: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
}
