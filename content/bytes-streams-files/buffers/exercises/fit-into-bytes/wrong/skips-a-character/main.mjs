// says: The result is not the beginning of the text. Stop at the first character that does not fit.
export function fit(text, limit) {
  let result = '';
  for (const character of text) {
    if (Buffer.byteLength(result + character) <= limit) result += character;
  }
  return result;
}
