for (const name of 'abcde') {
  await import(`./${name}.mjs`).catch((error) => console.log(name, error.name, error.message));
}
