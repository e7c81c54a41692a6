/** Captures the browser's functions before Node's globals take their places. */
import type { HostGlobals } from './realm.ts';

/** The browser's functions that the engine uses, bound where they need it. */
export function captureHostGlobals(): HostGlobals {
  return {
    performance,
    TextEncoder,
    TextDecoder,
    URL,
    MessageChannel,
    Blob,
    crypto,
    WebAssembly,
    Proxy,
    DOMException,
    structuredClone: structuredClone.bind(globalThis),
    atob: atob.bind(globalThis),
    btoa: btoa.bind(globalThis),
    queueMicrotask: queueMicrotask.bind(globalThis),
    // True: a Worker has it, though the types are those of a window.
    importScripts: (Reflect.get(globalThis, 'importScripts') as (url: string) => void).bind(globalThis),
    setTimeout: setTimeout.bind(globalThis),
    clearTimeout: clearTimeout.bind(globalThis),
    // True: workers dispatch both events, which TypeScript lists for windows alone.
    addEventListener: globalThis.addEventListener.bind(globalThis) as HostGlobals['addEventListener'],
  };
}
