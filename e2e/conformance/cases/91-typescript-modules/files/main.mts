import { area, type Shape } from './shape.mts';
import { label } from './label.ts';
import settings from './settings.cts';
import type { Missing } from './not-there.ts';

interface Named {
  readonly name: string;
}

class Square<Unit extends string> implements Named {
  declare unit: Unit;
  readonly #side: number;
  private static count: number = 0;

  constructor(side: number) {
    this.#side = side;
    Square.count++;
  }

  get name(): string {
    return `square of ${this.#side!}`;
  }

  static get made(): number {
    return this.count;
  }
}

function first<Item>(items: readonly Item[], otherwise?: Item): Item | undefined;
function first(items: readonly unknown[], otherwise?: unknown): unknown {
  return items[0] ?? otherwise;
}

const shape = { width: 2, height: 3 } satisfies Shape;
const square: Named = new Square<'cm'>(4);
const missing = undefined as unknown as Missing;
console.log(area(shape), label(square.name), settings.depth, missing);
console.log(square, Square.made, first<number>([], 7));
console.log(process.features.typescript, import.meta.filename.endsWith('main.mts'));

const { total }: { total: number } = await import('./late.ts');
console.log(total as number);
