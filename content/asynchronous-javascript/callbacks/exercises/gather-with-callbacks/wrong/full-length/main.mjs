// says: Only the last of three tasks has finished, and the callback was called already. The length of the array is no count: results[2] makes it 3 at once.
export function all(tasks, callback) {
  const results = [];
  let isDone = false;
  if (tasks.length === 0) queueMicrotask(() => callback(null, results));
  for (const [index, task] of tasks.entries()) {
    task((error, value) => {
      if (isDone) return;
      if (!error) results[index] = value;
      if (error || results.length === tasks.length) {
        isDone = true;
        callback(error, results);
      }
    });
  }
}
