/** Structured clones and the DOMException that they throw. */
import type { ProcessBindingFactory } from '../create-realm.ts';

/** The browser names its function before V8's own words. */
const browserPrefix = /^Failed to execute '\w+' on '\w+': /;

/** `internalBinding('messaging')`. */
export const messaging: ProcessBindingFactory = (realm, shape) => {
  const domException = (): unknown => realm.perContext['DOMException'];

  return {
    ...shape,
    get DOMException() {
      return domException();
    },
    exposeLazyDOMExceptionProperty(target: object) {
      Object.defineProperty(target, 'DOMException', {
        get: domException,
        set(value: unknown) {
          Object.defineProperty(target, 'DOMException', { value, writable: true, configurable: true });
        },
        configurable: true,
        enumerable: false,
      });
    },
    setDeserializerCreateObjectFunction() {},
    structuredClone(value: unknown, options?: StructuredSerializeOptions) {
      try {
        return realm.host.structuredClone(value, options);
      } catch (error) {
        if (!(error instanceof realm.host.DOMException)) throw error;
        // Node's own class, made by its per-context script with this signature.
        const NodeException = domException() as new (message: string, name: string) => Error;
        throw new NodeException(error.message.replace(browserPrefix, ''), error.name);
      }
    },
  };
};
