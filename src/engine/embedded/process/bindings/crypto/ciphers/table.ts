/** Ciphers by the names and numbers that OpenSSL gives them. */
import { chacha, chachaPoly, gcm, type AuthenticatedCipher } from './authenticated.ts';
import {
  cipherFeedback,
  counterMode,
  outputFeedback,
  WholeBlocks,
  type Transformation,
} from './block-modes.ts';

/** What `crypto.getCipherInfo` tells, and what makes the cipher. Lengths are bytes. */
export interface CipherDescription {
  readonly name: string;
  readonly mode: string;
  readonly nid: number;
  /** 1 where the cipher is a stream of bytes, absent in ChaCha20. */
  readonly blockSize?: number;
  readonly keyLength: number;
  /** 0: none. Where the cipher is authenticated, other lengths are possible. */
  readonly ivLength: number;
  readonly isAuthenticated: boolean;
  create(isEncryption: boolean, key: Uint8Array, iv: Uint8Array): Transformation | AuthenticatedCipher;
}

type Mode = Pick<CipherDescription, 'mode' | 'blockSize' | 'ivLength' | 'isAuthenticated' | 'create'>;

const stream = { blockSize: 1, ivLength: 16, isAuthenticated: false };

const modes: Readonly<Record<string, Mode>> = {
  ecb: {
    mode: 'ecb',
    blockSize: 16,
    ivLength: 0,
    isAuthenticated: false,
    create: (isEncryption, key) => new WholeBlocks(isEncryption, key, undefined),
  },
  cbc: {
    ...stream,
    mode: 'cbc',
    blockSize: 16,
    create: (isEncryption, key, iv) => new WholeBlocks(isEncryption, key, iv),
  },
  ctr: { ...stream, mode: 'ctr', create: (_isEncryption, key, iv) => counterMode(key, iv) },
  ofb: { ...stream, mode: 'ofb', create: (_isEncryption, key, iv) => outputFeedback(key, iv) },
  cfb: {
    ...stream,
    mode: 'cfb',
    create: (isEncryption, key, iv) => cipherFeedback(isEncryption, key, iv, 16),
  },
  cfb8: {
    ...stream,
    mode: 'cfb',
    create: (isEncryption, key, iv) => cipherFeedback(isEncryption, key, iv, 1),
  },
  gcm: { mode: 'gcm', blockSize: 1, ivLength: 12, isAuthenticated: true, create: gcm },
};

/** OpenSSL's numbers: of 128, 192 and 256 bits. */
const numbers: Readonly<Record<string, readonly [number, number, number]>> = {
  ecb: [418, 422, 426],
  cbc: [419, 423, 427],
  ofb: [420, 424, 428],
  cfb: [421, 425, 429],
  cfb8: [653, 654, 655],
  gcm: [895, 898, 901],
  ctr: [904, 905, 906],
};

const descriptions: CipherDescription[] = Object.entries(modes).flatMap(([mode, description]) =>
  [128, 192, 256].map((bits, index) => ({
    ...description,
    name: mode === 'gcm' ? `id-aes${bits}-GCM` : `aes-${bits}-${mode}`,
    nid: numbers[mode]?.[index] ?? 0,
    keyLength: bits / 8,
  })),
);

descriptions.push(
  {
    name: 'chacha20',
    mode: 'stream',
    nid: 1019,
    keyLength: 32,
    ivLength: 16,
    isAuthenticated: false,
    // The first four bytes are the number of the first block.
    create: (_isEncryption, key, iv) =>
      chacha(key, iv.subarray(4), new DataView(iv.buffer, iv.byteOffset).getUint32(0, true)),
  },
  {
    name: 'chacha20-poly1305',
    mode: 'stream',
    nid: 1018,
    keyLength: 32,
    ivLength: 12,
    isAuthenticated: true,
    create: chachaPoly,
  },
);

const byName = new Map<string, CipherDescription>();
for (const description of descriptions) {
  byName.set(description.name.toLowerCase(), description);
  const gcmBits = /^id-aes(\d+)-GCM$/.exec(description.name)?.[1];
  if (gcmBits !== undefined) byName.set(`aes-${gcmBits}-gcm`, description);
  const cbcBits = /^aes-(\d+)-cbc$/.exec(description.name)?.[1];
  if (cbcBits !== undefined) byName.set(`aes${cbcBits}`, description);
}

/** What `crypto.getCiphers()` lists: those of the pinned Node that are here. */
export const cipherNames: readonly string[] = [...byName.keys()]
  .map((name) => name.replace(/^(id-aes\d+-)gcm$/, '$1GCM'))
  .toSorted();

/** Ciphers of the pinned Node that are not here. */
const absent =
  /^(?:(?:aes|aria|camellia|sm4|des|id|seed|cast5?|rc2|rc4|bf|idea|des3|desx)[-\d].*|des3|desx|aes\d+-wrap.*|aria\d+|camellia\d+|sm4)$/;

/** The cipher of a name in any case, or of OpenSSL's number; undefined when there is none. */
export function findCipher(name: string | number): CipherDescription | undefined {
  if (typeof name === 'number') return descriptions.find(({ nid }) => nid === name);
  return byName.get(name.toLowerCase());
}

/** Whether Node has a cipher of this name. */
export const isCipherOfNode = (name: string): boolean => absent.test(name.toLowerCase());
