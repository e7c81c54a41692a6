/** Errors as OpenSSL reports them, and as the C++ of Node's crypto throws them. */

/** What the codes of errors begin with, by the part of OpenSSL that they come from; of others with nothing. */
const prefixes: Readonly<Record<string, string>> = {
  'rsa routines': 'RSA_',
  'digital envelope routines': 'EVP_',
  'Diffie-Hellman routines': 'DH_',
  'elliptic curve routines': 'EC_',
  'asn1 encoding routines': 'ASN1_',
  'common libcrypto routines': 'CRYPTO_',
};

/**
 * An error of OpenSSL with library, reason and code. `description` is as in `1C800064:Provider routines::bad decrypt`;
 * `stack` are the errors that were noted before it.
 */
export function opensslError(description: string, stack: readonly string[] = []): Error {
  const [, library = '', , reason = ''] = description.split(':');
  return Object.assign(new Error(`error:${description}`), {
    ...(stack.length > 0 && { opensslErrorStack: stack.map((text) => `error:${text}`) }),
    library,
    reason,
    code: `ERR_OSSL_${prefixes[library] ?? ''}${reason.toUpperCase().replaceAll(/[^A-Z\d]/g, '_')}`,
  });
}

/** An error of OpenSSL that was noted on two levels. */
export const opensslErrorTwice = (description: string): Error => opensslError(description, [description]);

/** An error of Node's C++ with a code. */
export function codedError(
  Class: ErrorConstructor | RangeErrorConstructor | TypeErrorConstructor,
  code: string,
  message: string,
): Error {
  return Object.assign(new Class(message), { code });
}

/** Text that is no key. */
export const unreadableKey = (): Error => opensslErrorTwice('1E08010C:DECODER routines::unsupported');

/** Bytes that are no private key. */
export const unreadablePrivateKey = (): Error =>
  opensslErrorTwice('0680008E:asn1 encoding routines::not enough data');

/** Bytes that are no public key. */
export const unreadablePublicKey = (): Error =>
  Object.assign(new Error('Failed to read asymmetric key'), {
    opensslErrorStack: [
      'error:0688010A:asn1 encoding routines::nested asn1 error',
      'error:06800066:asn1 encoding routines::bad object header',
      'error:0680009B:asn1 encoding routines::too long',
    ],
  });

/** A key of a type that the operation is not for. */
export const wrongKeyType = (): Error =>
  opensslError('03000096:digital envelope routines::operation not supported for this keytype');
