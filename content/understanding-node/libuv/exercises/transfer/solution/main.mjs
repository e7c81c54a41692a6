export async function transfer(from, to, amount) {
  const [first, second] = from.id < to.id ? [from, to] : [to, from];

  const releaseFirst = await first.lock();
  try {
    const releaseSecond = await second.lock();
    try {
      const balance = await from.load();
      if (balance < amount) throw new Error('not enough money');
      await from.save(balance - amount);
      await to.save((await to.load()) + amount);
    } finally {
      releaseSecond();
    }
  } finally {
    releaseFirst();
  }
}
