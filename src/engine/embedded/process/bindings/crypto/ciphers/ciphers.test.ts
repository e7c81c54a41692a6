import { same } from '../beside-real.ts';

const message = Buffer.from('The quick brown fox jumps over the lazy dog. '.repeat(3));

for (const bits of [128, 192, 256]) {
  for (const mode of ['ecb', 'cbc', 'ctr', 'cfb', 'cfb8', 'ofb', 'gcm']) {
    same(`AES-${bits} in ${mode} mode, piece by piece and back`, (crypto) => {
      const iv = mode === 'ecb' ? null : Buffer.alloc(16, 250);
      const key = Buffer.alloc(bits / 8, bits);
      const name = `aes-${bits}-${mode}` as 'aes-256-gcm';
      const cipher = crypto.createCipheriv(name, key, iv as Buffer);
      const decipher = crypto.createDecipheriv(name, key, iv as Buffer);
      if (mode === 'gcm') {
        cipher.setAAD(message.subarray(0, 21));
        decipher.setAAD(message.subarray(0, 21));
      }
      const pieces = [0, 1, 16, 37, 70, message.length].map((end, index, ends) =>
        cipher.update(message.subarray(ends[index - 1] ?? 0, end)),
      );
      pieces.push(cipher.final());
      if (mode === 'gcm') decipher.setAuthTag(cipher.getAuthTag());
      const back = pieces.map((piece) => decipher.update(piece));
      back.push(decipher.final());
      return [pieces, back, mode === 'gcm' && cipher.getAuthTag()];
    });
  }
}

for (const length of [0, 1, 15, 16, 17, 32]) {
  same(`padding of ${length} bytes`, ({ createCipheriv }) => {
    const cipher = createCipheriv('aes-128-cbc', Buffer.alloc(16, 1), Buffer.alloc(16, 2));
    return [cipher.update(Buffer.alloc(length, 3)), cipher.final()];
  });
  same(`${length} bytes without padding`, ({ createCipheriv }) => {
    const cipher = createCipheriv('aes-128-ecb', Buffer.alloc(16, 1), null).setAutoPadding(false);
    return [cipher.update(Buffer.alloc(length, 3)), cipher.final()];
  });
  same(`ciphertext of ${length} bytes`, ({ createDecipheriv }) => {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.alloc(16, 1), Buffer.alloc(16, 2));
    return [decipher.update(Buffer.alloc(length, 3)), decipher.final()];
  });
}

same('ChaCha20-Poly1305', ({ createCipheriv }) => {
  const options = { authTagLength: 16 };
  const cipher = createCipheriv('chacha20-poly1305', Buffer.alloc(32, 1), Buffer.alloc(12, 2), options);
  cipher.setAAD(Buffer.from('known'), { plaintextLength: message.length });
  return [cipher.update(message), cipher.final(), cipher.getAuthTag()];
});

for (const authTagLength of [undefined, 3, 4, 12, 17]) {
  same(`a tag of ${authTagLength} bytes`, ({ createCipheriv, createDecipheriv }) => {
    const options = authTagLength === undefined ? {} : { authTagLength };
    const [key, iv] = [Buffer.alloc(16, 1), Buffer.alloc(7, 2)];
    const cipher = createCipheriv('aes-128-gcm', key, iv, options);
    const secret = [cipher.update(Buffer.from('secret')), cipher.final()];
    const decipher = createDecipheriv('aes-128-gcm', key, iv, options).setAuthTag(cipher.getAuthTag());
    return [secret, cipher.getAuthTag(), decipher.update(Buffer.concat(secret)), decipher.final()];
  });
}

same('a wrong tag', ({ createDecipheriv }) => {
  const decipher = createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12));
  decipher.setAuthTag(Buffer.alloc(16));
  return [decipher.update(Buffer.from('x')), decipher.final()];
});
same('no tag', ({ createDecipheriv }) =>
  createDecipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12)).final(),
);
same('an unknown cipher', ({ createCipheriv }) => createCipheriv('nope', '', ''));
same('a key of a wrong length', ({ createCipheriv }) => createCipheriv('aes-256-cbc', 'x', Buffer.alloc(16)));
same('a vector of a wrong length', ({ createCipheriv }) =>
  createCipheriv('aes-256-cbc', Buffer.alloc(32), Buffer.alloc(3)),
);
same('no vector', ({ createCipheriv }) => createCipheriv('aes-256-cbc', Buffer.alloc(32), null));
same('a cipher that is over', ({ createCipheriv }) => {
  const cipher = createCipheriv('aes-128-ecb', Buffer.alloc(16), null);
  cipher.final();
  return cipher.update('x');
});

for (const name of ['aes-256-cbc', 'AES256', 'id-aes128-gcm', 'chacha20', 427, 'nope', 1]) {
  same(`information about ${name}`, ({ getCipherInfo }) => [
    getCipherInfo(name),
    getCipherInfo(name, { keyLength: 16 }),
    getCipherInfo(name, { ivLength: 13 }),
  ]);
}
