export async function fetchFastest(mirrors) {
  const controller = new AbortController();
  try {
    return await Promise.any(mirrors.map((mirror) => mirror(controller.signal)));
  } finally {
    controller.abort();
  }
}
