/** For tests only: a run that the test conducts. */
import type { OutputChunk, Run, StopSignal } from '../../engine/engine.ts';

/** Prints, ends and fails when the test says so; the first signal ends it. */
export class FakeRun implements Run {
  readonly kills: StopSignal[] = [];
  readonly stdin = new WritableStream<string>();
  readonly #exit = Promise.withResolvers<number>();
  readonly exit = this.#exit.promise;
  #controller: ReadableStreamDefaultController<OutputChunk> | undefined;
  readonly output = new ReadableStream<OutputChunk>({
    start: (controller) => void (this.#controller = controller),
  });

  print(text: string, stream: OutputChunk['stream'] = 'stdout'): void {
    this.#controller?.enqueue({ stream, text });
  }

  end(code = 0): void {
    this.#controller?.close();
    this.#exit.resolve(code);
  }

  fail(error: Error): void {
    this.#controller?.close();
    this.#exit.reject(error);
  }

  kill(signal: StopSignal): Promise<void> {
    this.kills.push(signal);
    if (this.kills.length === 1) this.end(130);
    return Promise.resolve();
  }

  request(): never {
    throw new Error('not used');
  }

  connect(): never {
    throw new Error('not used');
  }

  resize(): void {}
}
