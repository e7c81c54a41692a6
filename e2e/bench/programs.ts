/** What the benchmark measures: each program prints the milliseconds that its work took. */

/** One line of the benchmark. */
export interface Benchmark {
  readonly name: string;
  readonly code: string;
}

/** Programs that time themselves, so that starting them does not count. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: '10,000 timers',
    code: `
      const started = performance.now();
      let left = 10_000;
      for (let i = 0; i < 10_000; i++)
        setTimeout(() => { if (--left === 0) console.log(performance.now() - started); }, i % 10);
    `,
  },
  {
    name: '10,000 next ticks, then 10,000 turns of a promise',
    code: `
      const started = performance.now();
      await new Promise((resolve) => {
        let left = 10_000;
        const tick = () => (--left === 0 ? resolve() : process.nextTick(tick));
        process.nextTick(tick);
      });
      for (let i = 0; i < 10_000; i++) await null;
      console.log(performance.now() - started);
    `,
  },
  {
    name: '1,000 HTTP requests to itself',
    code: `
      import http from 'node:http';
      const server = http.createServer((request, response) => response.end('hello'));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const agent = new http.Agent({ keepAlive: true });
      const { port } = server.address();
      const get = () => new Promise((resolve, reject) => {
        http.get({ port, host: '127.0.0.1', agent }, (response) => response.resume().on('end', resolve)).on('error', reject);
      });
      const started = performance.now();
      for (let i = 0; i < 1_000; i++) await get();
      console.log(performance.now() - started);
      agent.destroy();
      server.close();
    `,
  },
  {
    name: '50 MB through a pipeline of streams',
    code: `
      import { Readable, Transform, Writable } from 'node:stream';
      import { pipeline } from 'node:stream/promises';
      const chunk = Buffer.alloc(64 * 1024, 'a');
      const chunks = Math.ceil((50 * 1024 * 1024) / chunk.length);
      const source = function* () { for (let i = 0; i < chunks; i++) yield chunk; };
      let bytes = 0;
      const started = performance.now();
      await pipeline(
        Readable.from(source(), { objectMode: false }),
        new Transform({ transform(data, _, done) { done(null, data); } }),
        new Writable({ write(data, _, done) { bytes += data.length; done(); } }),
      );
      if (bytes !== chunks * chunk.length) throw new Error('bytes were lost');
      console.log(performance.now() - started);
    `,
  },
  {
    name: '5,000 small files written and read',
    code: `
      import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
      import { tmpdir } from 'node:os';
      import { join } from 'node:path';
      const folder = await mkdtemp(join(tmpdir(), 'bench-'));
      const started = performance.now();
      for (let i = 0; i < 5_000; i++) {
        const path = join(folder, 'file-' + (i % 100));
        await writeFile(path, 'small ' + i);
        if ((await readFile(path, 'utf8')) !== 'small ' + i) throw new Error('another file');
      }
      console.log(performance.now() - started);
      await rm(folder, { recursive: true });
    `,
  },
];

/** What a start is measured with. */
export const hello = "console.log('hello');";
