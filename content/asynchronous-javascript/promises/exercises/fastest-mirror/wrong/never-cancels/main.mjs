// says: A file has arrived, and the other mirrors still work. Abort the signal that you gave them.
export async function fetchFastest(mirrors) {
  return Promise.any(mirrors.map((mirror) => mirror(new AbortController().signal)));
}
