// says: An account changed while someone else held one of the two locks. Take both locks before you load a balance.
export async function transfer(from, to, amount) {
  const balance = await from.load();
  if (balance < amount) throw new Error('not enough money');
  await from.save(balance - amount);
  await to.save((await to.load()) + amount);
}
