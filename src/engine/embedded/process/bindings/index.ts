/** Every binding that is implemented, under Node's own name; the others are stubs that say so. */
import type { ProcessBindingFactory } from '../create-realm.ts';
import { withLatePromises } from '../late-promises.ts';
import { asyncContextFrame } from './async_context_frame.ts';
import { asyncWrap } from './async_wrap.ts';
import { blob } from './blob.ts';
import { blockList } from './block_list.ts';
import { buffer } from './buffer.ts';
import { builtins } from './builtins.ts';
import { caresWrap } from './cares_wrap.ts';
import { cjsLexer } from './cjs_lexer.ts';
import { config } from './config.ts';
import { constants } from './constants.ts';
import { contextify } from './contextify.ts';
import { credentials } from './credentials.ts';
import { diagnosticsChannel } from './diagnostics_channel.ts';
import { encodingBinding } from './encoding_binding.ts';
import { errors } from './errors.ts';
import { fs } from './fs.ts';
import { fsDir } from './fs_dir.ts';
import { fsEventWrap } from './fs_event_wrap.ts';
import { http2 } from './http2.ts';
import { httpParser } from './http_parser.ts';
import { icu } from './icu.ts';
import { jsStream } from './js_stream.ts';
import { messaging } from './messaging.ts';
import { mksnapshot } from './mksnapshot.ts';
import { moduleWrap } from './module_wrap.ts';
import { modules } from './modules.ts';
import { options } from './options.ts';
import { os } from './os.ts';
import { performance } from './performance.ts';
import { permission } from './permission.ts';
import { pipeWrap } from './pipe_wrap.ts';
import { processMethods } from './process_methods.ts';
import { report } from './report.ts';
import { sea } from './sea.ts';
import { serdes } from './serdes.ts';
import { signalWrap } from './signal_wrap.ts';
import { streamWrap } from './stream_wrap.ts';
import { stringDecoder } from './string_decoder.ts';
import { taskQueue } from './task_queue.ts';
import { tcpWrap } from './tcp_wrap.ts';
import { timers } from './timers.ts';
import { tlsWrap } from './tls_wrap.ts';
import { traceEvents } from './trace_events.ts';
import { ttyWrap } from './tty_wrap.ts';
import { types } from './types.ts';
import { udpWrap } from './udp_wrap.ts';
import { url } from './url.ts';
import { urlPattern } from './url_pattern.ts';
import { util } from './util.ts';
import { uv } from './uv.ts';
import { v8 } from './v8.ts';
import { wasmWebApi } from './wasm_web_api.ts';
import { worker } from './worker.ts';
import { zlib } from './zlib.ts';

/** A binding that is loaded when it is asked for; its module exports the factory under its name. */
const ownModuleBinding =
  (name: string): ProcessBindingFactory =>
  (realm, shape) => {
    // The build has made it of the factory's file.
    const factory = realm.ownModule(name)[name] as ProcessBindingFactory;
    return factory(realm, shape);
  };

export const bindingFactories: Readonly<Record<string, ProcessBindingFactory>> = {
  async_context_frame: asyncContextFrame,
  async_wrap: asyncWrap,
  blob,
  block_list: blockList,
  buffer,
  builtins,
  cares_wrap: caresWrap,
  cjs_lexer: cjsLexer,
  config,
  constants,
  contextify,
  credentials,
  crypto: ownModuleBinding('crypto'),
  diagnostics_channel: diagnosticsChannel,
  encoding_binding: encodingBinding,
  errors,
  fs,
  fs_dir: fsDir,
  fs_event_wrap: fsEventWrap,
  http2,
  http_parser: httpParser,
  icu,
  js_stream: jsStream,
  messaging,
  mksnapshot,
  module_wrap: moduleWrap,
  modules,
  options,
  os,
  performance,
  permission,
  pipe_wrap: pipeWrap,
  process_methods: processMethods,
  report,
  sea,
  serdes,
  signal_wrap: signalWrap,
  stream_wrap: streamWrap,
  string_decoder: stringDecoder,
  task_queue: taskQueue,
  tcp_wrap: tcpWrap,
  timers,
  tls_wrap: tlsWrap,
  trace_events: traceEvents,
  tty_wrap: ttyWrap,
  types,
  udp_wrap: udpWrap,
  url,
  url_pattern: urlPattern,
  util: withLatePromises(util),
  uv,
  v8,
  wasm_web_api: wasmWebApi,
  worker,
  zlib,
};
