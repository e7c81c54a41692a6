// says: Both items of the first page were consumed and no third was asked for, but more than one page was fetched. Yield the items of a page before you fetch the next.
async function load(fetchPage, token) {
  try {
    return await fetchPage(token);
  } catch (error) {
    throw new Error(`page ${token} could not be loaded`, { cause: error });
  }
}

export async function* allItems(fetchPage) {
  let page = await load(fetchPage, 'start');
  while (page) {
    const { items, next } = page;
    const following = next ? load(fetchPage, next) : undefined;
    following?.catch(() => {});
    yield* items;
    page = await following;
  }
}
