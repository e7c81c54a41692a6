/**
 * TLS sockets up to their handshake, which is what this engine does not have: names are looked up and connections made
 * and refused as ever, so that a program hears of those errors first.
 */
import { AsyncWrap } from '../wraps/async-wrap.ts';
import type { BindingFactory, Realm } from '../realm.ts';

/** What a reader calls what is missing. */
export const tlsApi = 'TLS (node:tls, node:https)';

const writes = [
  'writev',
  'writeBuffer',
  'writeAsciiString',
  'writeUtf8String',
  'writeUcs2String',
  'writeLatin1String',
];
/** They say how a handshake is to be made, or ask what came of one: there is nothing to say about none. */
const withoutEffect = [
  'certCbDone',
  'enableALPNCb',
  'enableCertCb',
  'enableKeylogCallback',
  'enablePskCallback',
  'enableSessionCallbacks',
  'enableTrace',
  'endParser',
  'getALPNNegotiatedProtocol',
  'getCertificate',
  'getCipher',
  'getEphemeralKeyInfo',
  'getFinished',
  'getPeerCertificate',
  'getPeerFinished',
  'getPeerX509Certificate',
  'getProtocol',
  'getSharedSigalgs',
  'getTLSTicket',
  'getX509Certificate',
  'isSessionReused',
  'receive',
  'requestOCSP',
  'setALPNProtocols',
  'setPskIdentityHint',
  'setVerifyMode',
  'useUserBuffer',
  'verifyError',
  'writesIssuedByPrevListenerDone',
];

/** The error that `realm.notSupported` throws. */
function notSupportedError(realm: Realm): unknown {
  try {
    return realm.notSupported(tlsApi);
  } catch (error) {
    return error;
  }
}

/** `internalBinding('tls_wrap')`. */
export const tlsWrap: BindingFactory = (realm, shape) => {
  // Node's C++ shares this array with its library.
  const { streamBaseState, kLastWriteWasAsync } = realm.internalBinding('stream_wrap') as {
    streamBaseState: Int32Array;
    kLastWriteWasAsync: number;
  };
  // A property, because stack traces show the name that V8 infers.
  const bindings = {
    TLSWrap: class extends AsyncWrap {
      declare onerror?: unknown;
      #servername: string | false = false;
      #session: unknown;
      #isDestroyed = false;

      constructor(isServer: boolean) {
        super(realm, 'TLSWRAP');
        // A client says when to begin; a server's connection is there already.
        if (isServer) this.start();
      }

      get isStreamBase(): true {
        return true;
      }

      get writeQueueSize(): number {
        return 0;
      }

      /** The connection is there: its handshake fails at once. */
      start(): void {
        realm.loop.enqueue(() => {
          if (!this.#isDestroyed) this.makeCallback(this.onerror, notSupportedError(realm));
        });
      }

      destroySSL(): void {
        this.#isDestroyed = true;
      }

      readStart(): number {
        return 0;
      }

      readStop(): number {
        return 0;
      }

      shutdown(): number {
        return 0;
      }

      setServername(name: string): void {
        this.#servername = name;
      }

      getServername(): string | false {
        return this.#servername;
      }

      setSession(session: unknown): void {
        this.#session = session;
      }

      getSession(): unknown {
        return this.#session;
      }
    },
  };
  const { TLSWrap } = bindings;
  for (const name of withoutEffect) Object.assign(TLSWrap.prototype, { [name]: () => undefined });
  for (const name of writes) {
    const value = (): number => {
      // It waits for the handshake, and ends with the socket.
      streamBaseState[kLastWriteWasAsync] = 1;
      return 0;
    };
    Object.assign(TLSWrap.prototype, { [name]: value });
  }
  return {
    ...shape,
    ...bindings,
    wrap: (_handle: object, _context: object, isServer: boolean) => new TLSWrap(isServer),
  };
};
