/** What a TLS connection would be made with. It is kept by nobody: the connection itself says that there is no TLS. */
import { tlsApi } from '../tls_wrap.ts';
import type { Binding, BindingFactory } from '../../realm.ts';

const TLS1_2_VERSION = 0x0303;
const TLS1_3_VERSION = 0x0304;

const settings = [
  'addCACert',
  'addCRL',
  'addRootCerts',
  'close',
  'enableTicketKeyCallback',
  'loadPKCS12',
  'setAllowPartialTrustChain',
  'setCert',
  'setCertificateCompression',
  'setCipherSuites',
  'setCiphers',
  'setDHParam',
  'setECDHCurve',
  'setKey',
  'setOptions',
  'setSessionIdContext',
  'setSessionTimeout',
  'setSigalgs',
];

/** The members of the crypto binding for TLS: settings are taken, what they would bring is not supported. */
export const secureContextMembers: BindingFactory = (realm): Binding => {
  class SecureContext {
    #minimum = TLS1_2_VERSION;
    #maximum = TLS1_3_VERSION;
    #ticketKeys = new Uint8Array(48);

    init(_protocol: string | undefined, minimum: number, maximum: number): void {
      this.#minimum = minimum;
      this.#maximum = maximum;
    }

    setMinProto(version: number): void {
      this.#minimum = version;
    }

    getMinProto(): number {
      return this.#minimum;
    }

    setMaxProto(version: number): void {
      this.#maximum = version;
    }

    getMaxProto(): number {
      return this.#maximum;
    }

    setTicketKeys(keys: Uint8Array): void {
      this.#ticketKeys = new Uint8Array(keys);
    }

    getTicketKeys(): Uint8Array {
      const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: BufferConstructor };
      return Buffer.from(this.#ticketKeys);
    }

    getCertificate(): never {
      return realm.notSupported(tlsApi);
    }

    getIssuer(): never {
      return realm.notSupported(tlsApi);
    }
  }
  for (const name of settings) Object.assign(SecureContext.prototype, { [name]: () => undefined });
  return {
    SecureContext,
    // The engine carries no certificates, and knows of none elsewhere.
    startLoadingCertificatesOffThread: () => undefined,
    getBundledRootCertificates: () => [],
    getExtraCACertificates: () => [],
    getSystemCACertificates: () => [],
  };
};
