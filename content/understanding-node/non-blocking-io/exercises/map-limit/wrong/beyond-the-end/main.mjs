// says: With one item and a limit of 3, work was not called exactly once. Look whether an item is left before you take it.
export async function mapLimit(items, limit, work) {
  const results = [];
  let next = 0;

  async function clerk() {
    do {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index]);
      } catch (error) {
        next = items.length;
        throw error;
      }
    } while (next < items.length);
  }

  await Promise.all(Array.from({ length: limit }, clerk));
  return results;
}
