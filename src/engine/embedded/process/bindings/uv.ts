/** libuv's error numbers and what they mean. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('uv')`. */
export const uv: BindingFactory = ({ uv: errors }, shape) => ({
  ...shape,
  errname: (errno: number): string => errors.byNumber.get(errno)?.name ?? `Unknown system error ${errno}`,
  getErrorMap: () =>
    new Map([...errors.byNumber].map(([errno, { name, message }]) => [errno, [name, message]])),
  getErrorMessage: (errno: number): string =>
    errors.byNumber.get(errno)?.message ?? `Unknown system error ${errno}`,
});
