// says: Further calls began after one had failed. A failure has to end the work of all.
export async function mapLimit(items, limit, work) {
  const results = [];
  let next = 0;

  async function clerk() {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index]);
    }
  }

  await Promise.all(Array.from({ length: limit }, clerk));
  return results;
}
