// says: The value has arrived, and a listener of yours is still registered, for the event or for error. Remove both.
export function waitFor(emitter, name, isWanted) {
  return new Promise((resolve, reject) => {
    emitter.once('error', reject);
    emitter.on(name, function listen(value) {
      if (!isWanted(value)) return;
      emitter.off(name, listen);
      resolve(value);
    });
  });
}
