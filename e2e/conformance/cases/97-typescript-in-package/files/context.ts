export { AsyncLocalStorage } from 'node:async_hooks';
export type { AsyncLocalStorageOptions } from 'node:async_hooks';
