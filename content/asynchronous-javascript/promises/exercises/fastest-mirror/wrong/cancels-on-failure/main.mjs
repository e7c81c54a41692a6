// says: One mirror failed, and the other one was aborted before it could deliver. Abort only when the search is over.
export async function fetchFastest(mirrors) {
  const controller = new AbortController();
  const asked = mirrors.map(async (mirror) => {
    try {
      return await mirror(controller.signal);
    } finally {
      controller.abort();
    }
  });
  return Promise.any(asked);
}
