// says: One mirror failed, and the other one was aborted before it could deliver. Abort only when the search is over.
export async function fetchFastest(mirrors) {
  const controller = new AbortController();
  try {
    return await Promise.race(mirrors.map((mirror) => mirror(controller.signal)));
  } finally {
    controller.abort();
  }
}
