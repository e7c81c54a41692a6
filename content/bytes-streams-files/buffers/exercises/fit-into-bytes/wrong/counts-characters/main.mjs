// says: ‘5€ each’ begins with a euro sign of three bytes. In four bytes there is room for ‘5€’ and no more: count bytes, not characters.
export function fit(text, limit) {
  return text.slice(0, limit);
}
