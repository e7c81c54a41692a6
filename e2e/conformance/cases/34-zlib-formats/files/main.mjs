import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import zlib, { constants } from 'node:zlib';

const text = Buffer.from('To be, or not to be, that is the question. '.repeat(120));
const noise = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * index * 31) % 239));
const describe = (bytes) => `${bytes.length} ${createHash('sha1').update(bytes).digest('hex').slice(0, 12)}`;

console.log('— bytes');
for (const level of [0, 1, 4, 6, 9]) console.log('gzip', level, describe(zlib.gzipSync(noise, { level })));
for (const strategy of ['Z_FILTERED', 'Z_HUFFMAN_ONLY', 'Z_RLE', 'Z_FIXED'])
  console.log(strategy, describe(zlib.deflateSync(text, { strategy: constants[strategy] })));
console.log('raw', zlib.deflateRawSync('hello hello hello').toString('base64'));
console.log('window', describe(zlib.deflateSync(noise, { windowBits: 9, memLevel: 2 })));
for (const quality of [1, 5, 11]) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
  console.log('brotli', quality, describe(zlib.brotliCompressSync(text, { params })));
}
for (const level of [1, 3, 19]) {
  const params = { [constants.ZSTD_c_compressionLevel]: level };
  console.log('zstd', level, describe(zlib.zstdCompressSync(text, { params })));
}

console.log('— and back');
for (const name of ['gzip/gunzip', 'deflate/inflate', 'deflateRaw/inflateRaw', 'gzip/unzip', 'brotliCompress/brotliDecompress', 'zstdCompress/zstdDecompress']) {
  const [pack, unpack] = name.split('/').map((method) => promisify(zlib[method]));
  console.log(name, (await unpack(await pack(text))).equals(text));
}

console.log('— errors');
const packed = zlib.gzipSync('some text');
const attempts = {
  'no gzip': () => zlib.gunzipSync('no gzip at all'),
  'cut off': () => zlib.gunzipSync(packed.subarray(0, 12)),
  checksum: () => zlib.gunzipSync(Buffer.from(packed).fill(0, packed.length - 8, packed.length - 4)),
  'no zstd': () => zlib.zstdDecompressSync('no zstd at all'),
  'brotli cut off': () => zlib.brotliDecompressSync(zlib.brotliCompressSync(text).subarray(0, 20)),
  'too much': () => zlib.gunzipSync(zlib.gzipSync(noise), { maxOutputLength: 100 }),
  level: () => zlib.gzipSync('x', { level: 99 }),
  type: () => zlib.gzipSync(42),
};
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    console.log(name, attempt());
  } catch (error) {
    console.log(name, error.name, error.code, error.errno, error.message);
  }
}

console.log('— streams');
for (const [pack, unpack] of [
  [zlib.createGzip({ chunkSize: 64 }), zlib.createGunzip({ chunkSize: 100 })],
  [zlib.createBrotliCompress(), zlib.createBrotliDecompress()],
  [zlib.createZstdCompress(), zlib.createZstdDecompress()],
]) {
  let length = 0;
  await pipeline(Readable.from([text, noise, 'end']), pack, unpack, async (source) => {
    for await (const chunk of source) length += chunk.length;
  });
  console.log(pack.constructor.name, length === text.length + noise.length + 3);
}
const deflate = zlib.createDeflate();
const chunks = [];
deflate.on('data', (chunk) => chunks.push(chunk));
deflate.write('first ');
await promisify(deflate.flush).call(deflate);
console.log('flushed', Buffer.concat(chunks).toString('hex'));
await promisify(deflate.params).call(deflate, 0, constants.Z_DEFAULT_STRATEGY);
deflate.end('second');
await new Promise((resolve) => deflate.once('end', resolve));
console.log(zlib.inflateSync(Buffer.concat(chunks)).toString(), deflate.bytesWritten);

console.log('— more');
const dictionary = Buffer.from('the question');
const small = zlib.deflateSync('that is the question', { dictionary });
console.log(small.toString('hex'), zlib.inflateSync(small, { dictionary }).toString());
console.log(zlib.crc32('hello'), zlib.crc32(' world', zlib.crc32('hello')) === zlib.crc32('hello world'));
const { buffer, engine } = zlib.gzipSync('abc', { info: true });
console.log(buffer.length, engine.bytesWritten, engine.constructor.name);
console.log(zlib.gunzipSync(Buffer.concat([packed, packed])).toString());
const web = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
console.log(zlib.gunzipSync(Buffer.from(await new Response(web).arrayBuffer())).equals(text));
