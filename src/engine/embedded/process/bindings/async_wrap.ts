/** The stack of async ids, of which Node's library keeps the usual part itself. */
import type { ProcessBindingFactory } from '../create-realm.ts';
import type { Hook } from '../promise-hooks.ts';
import type { Binding } from '../realm.ts';

/** Fields of `async_hook_fields` and `async_id_fields`, in the order of Node's `AsyncHooks`. */
const stackLengthField = 7;
const executionAsyncId = 0;
const triggerAsyncId = 1;

/** Whether a resource was destroyed by hand. */
interface DestroyState {
  readonly destroyed: boolean;
}

/** `internalBinding('async_wrap')`. */
export const asyncWrap: ProcessBindingFactory = (realm, shape) => {
  const hookFields = new Uint32Array(9);
  const idFields = Float64Array.of(1, 0, 1, -1);
  const { asyncContext } = realm;
  const destroyed: number[] = [];
  let destroy: ((asyncId: number) => void) | undefined;
  const constants = shape['constants'] as Record<string, number>; // names to numbers, from real Node
  const checkField = constants['kCheck'] ?? 6;
  const lengthField = constants['kStackLength'] ?? stackLengthField;
  hookFields[checkField] = 1;

  const collected = new FinalizationRegistry<{ asyncId: number; state: DestroyState | undefined }>(
    ({ asyncId, state }) => {
      if (state?.destroyed !== true) binding.queueDestroyAsyncId(asyncId);
    },
  );

  // Typed as what Node's library reads from this very object.
  const binding: Binding & { async_ids_stack: Float64Array; queueDestroyAsyncId(asyncId: number): void } = {
    ...shape,
    async_hook_fields: hookFields,
    async_id_fields: idFields,
    async_ids_stack: new Float64Array(32),
    execution_async_resources: [],
    setupHooks(hooks: { destroy(asyncId: number): void }) {
      destroy = hooks.destroy;
    },
    // Callbacks from bindings of ours go through AsyncWrap.makeCallback.
    setCallbackTrampoline() {},
    /** Called when the stack is full: makes it longer. */
    pushAsyncContext(asyncId: number, triggerId: number) {
      const offset = hookFields[lengthField] ?? 0;
      if (offset * 2 >= binding.async_ids_stack.length) {
        const longer = new Float64Array(binding.async_ids_stack.length * 3);
        longer.set(binding.async_ids_stack);
        binding.async_ids_stack = longer;
      }
      binding.async_ids_stack[offset * 2] = idFields[executionAsyncId] ?? 0;
      binding.async_ids_stack[offset * 2 + 1] = idFields[triggerAsyncId] ?? 0;
      hookFields[lengthField] = offset + 1;
      idFields[executionAsyncId] = asyncId;
      idFields[triggerAsyncId] = triggerId;
    },
    popAsyncContext() {
      const length = hookFields[lengthField] ?? 0;
      if (length === 0) return false;
      const offset = length - 1;
      idFields[executionAsyncId] = binding.async_ids_stack[offset * 2] ?? 0;
      idFields[triggerAsyncId] = binding.async_ids_stack[offset * 2 + 1] ?? 0;
      hookFields[lengthField] = offset;
      return offset > 0;
    },
    // Node's library asks for resources of native frames, of which there are none.
    executionAsyncResource: () => undefined,
    clearAsyncIdStack() {
      idFields[executionAsyncId] = 0;
      idFields[triggerAsyncId] = 0;
      hookFields[lengthField] = 0;
    },
    queueDestroyAsyncId(asyncId: number) {
      destroyed.push(asyncId);
      if (destroyed.length > 1) return;
      const tell = (): void => {
        while (destroyed.length > 0) for (const id of destroyed.splice(0)) destroy?.(id);
      };
      if (realm.loop.enqueueUnreferenced) realm.loop.enqueueUnreferenced(tell);
      else realm.loop.enqueue(tell);
    },
    /** Destroys a resource when it is collected, unless `state` says that it was destroyed by hand. */
    registerDestroyHook(resource: object, asyncId: number, state?: DestroyState) {
      collected.register(resource, { asyncId, state });
    },
    setPromiseHooks: (...hooks: Hook[]) => asyncContext.setPromiseHooks(...hooks),
    getPromiseHooks: () => asyncContext.promiseHooks.all,
  };
  return binding;
};
