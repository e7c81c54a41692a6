export async function mapLimit(items, limit, work) {
  const results = [];
  let next = 0;

  async function clerk() {
    while (next < items.length) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index]);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  }

  await Promise.all(Array.from({ length: limit }, clerk));
  return results;
}
