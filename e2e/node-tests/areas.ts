/** Which of Node's own tests belong to which module, by the names of their files. */

/** Folder below `test/` and pattern of the file names of each module. */
export const areas: Readonly<Record<string, readonly (readonly [folder: string, pattern: RegExp])[]>> = {
  events: [['parallel', /^test-events?-/]],
  timers: [['parallel', /^test-timers?(?:-|\.)|^test-set-?(?:timeout|interval|immediate)|^test-next-?tick/]],
  path: [['parallel', /^test-path(?:-|\.)/]],
  url: [['parallel', /^test-(?:whatwg-)?url(?:-|\.|pattern)/]],
  querystring: [['parallel', /^test-querystring/]],
  util: [['parallel', /^test-util(?:-|\.)/]],
  buffer: [['parallel', /^test-buffer(?:-|\.)|^test-blob|^test-file(?:-|\.)|^test-btoa-atob/]],
  string_decoder: [['parallel', /^test-string-decoder/]],
  stream: [['parallel', /^test-streams?(?:2|3)?(?:-|\.)|^test-readable|^test-writable/]],
  webstreams: [['parallel', /^test-whatwg-(?:readable|writable|transform|webstreams)|^test-webstreams?-/]],
  assert: [['parallel', /^test-assert(?:-|\.)/]],
  console: [['parallel', /^test-console(?:-|\.)/]],
  fs: [['parallel', /^test-fs-/]],
  readline: [['parallel', /^test-readline/]],
  'async-hooks': [
    ['parallel', /^test-async-(?!context)/],
    ['async-hooks', /^test-/],
  ],
  'test-runner': [['parallel', /^test-runner-/]],
  http: [['parallel', /^test-http-/]],
  net: [['parallel', /^test-net-/]],
  dgram: [['parallel', /^test-dgram-/]],
  dns: [['parallel', /^test-dns/]],
  process: [['parallel', /^test-process-/]],
  module: [['parallel', /^test-(?:module|require)(?:-|\.)/]],
  'es-module': [['es-module', /^test-/]],
  crypto: [['parallel', /^test-crypto-(?:hash|hmac|random|pbkdf2|scrypt|hkdf)/]],
  zlib: [['parallel', /^test-zlib/]],
  vm: [['parallel', /^test-vm-/]],
  perf_hooks: [['parallel', /^test-perf/]],
  diagnostics_channel: [['parallel', /^test-diagnostics-channel/]],
  abort: [['parallel', /^test-abort/]],
  os: [['parallel', /^test-os(?:-|\.)/]],
  globals: [
    ['parallel', /^test-global|^test-structuredClone|^test-microtask|^test-promise|^test-queue-microtask/],
  ],
  messaging: [
    ['parallel', /^test-(?:broadcastchannel|messagechannel|message-channel|messageport|worker-message)/],
  ],
  fetch: [['parallel', /^test-(?:fetch|websocket|eventsource)/]],
  stdio: [['parallel', /^test-std(?:in|out|err|io)/]],
};

/** What a test needs that this engine has no part for yet. */
const needs: readonly (readonly [reason: string, pattern: RegExp])[] = [
  [
    'starts processes',
    /\b(?:child_process|cluster)\b|spawnPromisified|spawnSyncAndAssert|spawnSyncAndExit|assertSnapshot|spawnAndAssert|common\/child_process|assert-snapshot|\bexecve\b/,
  ],
  ['starts processes for files of tests', /^(?![\s\S]*isolation: 'none')[\s\S]*\brun\(\{\s*(?:files|\.\.\.)/],
  ['starts threads', /new (?:threads\.)?Worker\(/],
  ['needs TLS', /require\(['"](?:node:)?(?:tls|https)['"]\)/],
  ['needs HTTP/2', /require\(['"](?:node:)?http2['"]\)/],
  ['forces garbage collection', /--expose[-_]gc|common\/gc|globalThis\.gc|global\.gc/],
  ['needs the inspector', /require\(['"](?:node:)?inspector|skipIfInspectorDisabled|_internal\/inspector/],
  ['needs a native add-on', /common\/addon|\.node['"]/],
];

/** Why a test is left out before it runs in the engine; undefined when it is not. */
export function reasonToLeaveOut(source: string): string | undefined {
  return needs.find(([, pattern]) => pattern.test(source))?.[0];
}
