/** `v8.serialize` and `v8.deserialize`: values as bytes, in V8's own format. */
import { Deserializer } from './serdes/deserializer.ts';
import { Serializer } from './serdes/serializer.ts';
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('serdes')`. */
export const serdes: BindingFactory = (realm, shape) => ({
  ...shape,
  Serializer: class extends Serializer {
    static {
      Object.defineProperty(this, 'name', { value: 'Serializer' });
    }

    constructor() {
      super(realm);
    }
  },
  Deserializer,
});
