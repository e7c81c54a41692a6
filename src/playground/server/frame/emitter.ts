/** An event target whose handlers are also properties: `onmessage` and its like. */
export class Emitter extends EventTarget {
  /** Dispatches an event; the property hears of it last. */
  emit(event: Event): void {
    const handler: unknown = Reflect.get(this, `on${event.type}`);
    if (typeof handler === 'function')
      this.addEventListener(event.type, (each) => handler.call(this, each), { once: true });
    this.dispatchEvent(event);
  }
}

/** The constants of a class, on it and on what it makes. */
export function defineStates(target: { readonly prototype: object }, ...names: readonly string[]): void {
  for (const [value, name] of names.entries())
    for (const each of [target, target.prototype]) Object.defineProperty(each, name, { value });
}
