// says: Somebody else listens to the readings too, and heard only the first of two. Remove your own listeners, not all.
export function waitFor(emitter, name, isWanted) {
  return new Promise((resolve, reject) => {
    const removeAll = () => {
      emitter.removeAllListeners(name);
      emitter.removeAllListeners('error');
    };
    emitter.on('error', (error) => {
      removeAll();
      reject(error);
    });
    emitter.on(name, (value) => {
      if (!isWanted(value)) return;
      removeAll();
      resolve(value);
    });
  });
}
