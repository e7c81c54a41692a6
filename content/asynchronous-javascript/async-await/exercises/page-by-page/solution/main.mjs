async function load(fetchPage, token) {
  try {
    return await fetchPage(token);
  } catch (error) {
    throw new Error(`page ${token} could not be loaded`, { cause: error });
  }
}

export async function* allItems(fetchPage) {
  let token = 'start';
  while (token) {
    const page = await load(fetchPage, token);
    yield* page.items;
    token = page.next;
  }
}
