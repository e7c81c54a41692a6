// says: An account changed while someone else held one of the two locks. Take both locks before you load a balance.
async function change(account, amount) {
  const release = await account.lock();
  try {
    const balance = await account.load();
    if (balance + amount < 0) throw new Error('not enough money');
    await account.save(balance + amount);
  } finally {
    release();
  }
}

export async function transfer(from, to, amount) {
  await change(from, -amount);
  await change(to, amount);
}
