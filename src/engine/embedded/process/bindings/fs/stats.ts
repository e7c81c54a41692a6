/** The arrays in which Node's library reads what `stat` says. */
import { Device, Directory, RegularFile, type Inode } from '../../file-system/inode.ts';

/** How many numbers describe one file. */
export const statFields = 18;

const device = 65_024;
const blockSize = 4096;
const sectorsPerBlock = 8;
const nullDevice = 0x103;

/** Whole seconds and nanoseconds. */
function timeParts(time: number): [seconds: number, nanoseconds: number] {
  const seconds = Math.floor(time);
  return [seconds, Math.trunc((time - seconds) * 1e9)];
}

/** dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, then access, change of content, change of status, birth. */
export function statNumbers(inode: Inode): number[] {
  const hasBlocks = inode instanceof RegularFile || inode instanceof Directory;
  const blocks = hasBlocks ? Math.ceil(inode.size / blockSize) * sectorsPerBlock : 0;
  return [
    device,
    inode.mode,
    inode.linkCount,
    inode.uid,
    inode.gid,
    inode instanceof Device ? nullDevice : 0,
    blockSize,
    inode.number,
    inode.size,
    blocks,
    ...timeParts(inode.accessedAt),
    ...timeParts(inode.modifiedAt),
    ...timeParts(inode.changedAt),
    ...timeParts(inode.bornAt),
  ];
}

/** Free and used space that a small disk would have: type, block sizes, blocks, files. */
export const fileSystemNumbers: readonly number[] = [
  61_267,
  blockSize,
  blockSize,
  2_621_440,
  1_966_080,
  1_966_080,
  655_360,
  600_000,
];

/** Writes numbers into an array of either kind and answers it. */
export function fill<Values extends Float64Array | BigInt64Array>(
  values: Values,
  numbers: readonly number[],
): Values {
  if (values instanceof BigInt64Array) values.set(numbers.map((value) => BigInt(Math.round(value))));
  else values.set(numbers);
  return values;
}

/** A new array of either kind. */
export const newValues = (length: number, isBigint: unknown): Float64Array | BigInt64Array =>
  isBigint === true ? new BigInt64Array(length) : new Float64Array(length);
