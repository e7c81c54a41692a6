// says: The results stand in the order in which they arrived. Store each one at the index of its item.
export async function mapLimit(items, limit, work) {
  const results = [];
  let next = 0;

  async function clerk() {
    while (next < items.length) {
      const item = items[next];
      next += 1;
      try {
        results.push(await work(item));
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  }

  await Promise.all(Array.from({ length: limit }, clerk));
  return results;
}
