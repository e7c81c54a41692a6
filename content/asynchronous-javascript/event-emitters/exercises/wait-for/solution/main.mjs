import { on } from 'node:events';

export async function waitFor(emitter, name, isWanted) {
  for await (const [value] of on(emitter, name)) {
    if (isWanted(value)) return value;
  }
}
