// says: After a transfer that failed, a lock was still taken. Release both locks in any case.
export async function transfer(from, to, amount) {
  const [first, second] = from.id < to.id ? [from, to] : [to, from];
  const releaseFirst = await first.lock();
  const releaseSecond = await second.lock();

  const balance = await from.load();
  if (balance < amount) throw new Error('not enough money');
  await from.save(balance - amount);
  await to.save((await to.load()) + amount);

  releaseSecond();
  releaseFirst();
}
