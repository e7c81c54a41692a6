function greet(this: void, name: string): string {
  return `hello ${name}`;
}
module.exports = greet as (name: string) => string;
