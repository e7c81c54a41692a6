// says: A text may contain a replacement character of its own. It belongs to the text: keep it.
export function fit(text, limit) {
  return Buffer.from(text).subarray(0, limit).toString().replace(/\ufffd+$/, '');
}
