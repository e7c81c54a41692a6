/** The worker that knows types: TypeScript's language service over the packed declarations and the program that a question brings. */
import { ProgramTypes } from './program-types.ts';
import type { TypesRequest, TypesResponse } from './protocol.ts';

let opening: Promise<ProgramTypes> | undefined;

// True: the page that started this worker is the only one that can speak to it.
addEventListener('message', ({ data }: MessageEvent<TypesRequest>) => {
  if (data.type === 'open') opening = open(data.library);
  opening?.then(
    (opened) => data.type === 'ask' && answer(opened, data),
    (error: unknown) => send({ type: 'failed', message: String(error) }),
  );
});

async function open(url: string): Promise<ProgramTypes> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}.`);
  const text = await new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).text();
  // True: the site's build wrote it so.
  return new ProgramTypes(new Map(Object.entries(JSON.parse(text) as Record<string, string>)));
}

function answer(types: ProgramTypes, { id, files, file, question }: TypesRequest & { type: 'ask' }): void {
  let said;
  try {
    said = types.ask(files, file, question);
  } catch (error) {
    // A question that TypeScript cannot take is one without an answer; the next one may do.
    console.warn('The types of a program could not be told.', error);
  }
  send({ type: 'answer', id, answer: said });
}

function send(response: TypesResponse): void {
  postMessage(response);
}
