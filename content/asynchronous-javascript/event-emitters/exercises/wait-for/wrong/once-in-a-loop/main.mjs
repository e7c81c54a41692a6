// says: The readings 20, 31 and 25 came in one turn, and 31 was missed. Code behind an await runs too late to listen for the second: listen the whole time.
import { once } from 'node:events';

export async function waitFor(emitter, name, isWanted) {
  for (;;) {
    const [value] = await once(emitter, name);
    if (isWanted(value)) return value;
  }
}
