/** Message channels, structured clones, and the DOMException that they throw. */
import type { ProcessBindingFactory } from '../create-realm.ts';
import { createClone } from './messaging/clone.ts';
import { portMembers } from './messaging/message-port.ts';

/** `internalBinding('messaging')`. */
export const messaging: ProcessBindingFactory = (realm, shape) => {
  const domException = (): unknown => realm.perContext['DOMException'];
  let createObject: (info: string) => object = () => realm.notSupported('structuredClone before the start');
  const clone = createClone(realm, (info) => createObject(info));

  return {
    ...shape,
    ...portMembers(realm, clone),
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
    setDeserializerCreateObjectFunction(create: typeof createObject) {
      createObject = create;
    },
    structuredClone: (value: unknown, { transfer }: { readonly transfer: readonly unknown[] }) =>
      clone(value, transfer).value,
  };
};
