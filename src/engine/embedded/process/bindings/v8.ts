/** What V8 tells of its heap. A browser tells a Worker nothing of it: the figures are those of a program that has just begun. */
import type { Binding, BindingFactory } from '../realm.ts';

const mebibyte = 1024 * 1024;

/** By the names that the binding has for their places, in bytes. */
const heap: Readonly<Record<string, number>> = {
  kTotalHeapSizeIndex: 6 * mebibyte,
  kTotalHeapSizeExecutableIndex: 0.25 * mebibyte,
  kTotalPhysicalSizeIndex: 6 * mebibyte,
  kTotalAvailableSize: 4284 * mebibyte,
  kUsedHeapSizeIndex: 4 * mebibyte,
  kHeapSizeLimitIndex: 4288 * mebibyte,
  kMallocedMemoryIndex: 0.25 * mebibyte,
  kPeakMallocedMemoryIndex: 0.5 * mebibyte,
  kNumberOfNativeContextsIndex: 1,
  kTotalGlobalHandlesSizeIndex: 8192,
  kUsedGlobalHandlesSizeIndex: 2048,
  kExternalMemoryIndex: 2 * mebibyte,
};
const code: Readonly<Record<string, number>> = {
  kCodeAndMetadataSizeIndex: 2 * mebibyte,
  kBytecodeAndMetadataSizeIndex: 0.5 * mebibyte,
  kExternalScriptSourceSizeIndex: 1.5 * mebibyte,
};
/** Of the space in which nearly all objects are. */
const oldSpace: Readonly<Record<string, number>> = {
  kSpaceSizeIndex: 4 * mebibyte,
  kSpaceUsedSizeIndex: 3 * mebibyte,
  kSpaceAvailableSizeIndex: mebibyte,
  kPhysicalSpaceSizeIndex: 4 * mebibyte,
};

/** `internalBinding('v8')`. */
export const v8: BindingFactory = (_realm, shape) => ({
  ...shape,
  isStringOneByteRepresentation: (text: string) => !/[^\0-\xff]/.test(text),
  updateHeapStatisticsBuffer: () => fill(shape, 'heapStatisticsBuffer', heap),
  updateHeapCodeStatisticsBuffer: () => fill(shape, 'heapCodeStatisticsBuffer', code),
  updateHeapSpaceStatisticsBuffer(index: number) {
    const spaces = shape['kHeapSpaces'] as readonly string[]; // names, from real Node
    fill(shape, 'heapSpaceStatisticsBuffer', spaces[index] === 'old_space' ? oldSpace : {});
  },
});

function fill(shape: Binding, name: string, figures: Readonly<Record<string, number>>): void {
  const buffer = shape[name] as Float64Array; // from real Node, as the places are
  buffer.fill(0);
  for (const [place, figure] of Object.entries(figures)) buffer[shape[place] as number] = figure;
}
