import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

process.env.GIVEN = 'before';
writeFileSync('.env', 'FIRST=1\nGIVEN=after\nQUOTED="two words" # a comment\n');
writeFileSync('other.env', 'FIRST=2\nexport SECOND=\'three\'\n');
process.loadEnvFile();
process.loadEnvFile(new URL('other.env', import.meta.url));
console.log(inspect(['FIRST', 'GIVEN', 'QUOTED', 'SECOND'].map((name) => process.env[name])));
for (const path of ['none.env', '.', 5]) {
  try {
    process.loadEnvFile(path);
  } catch ({ name, code, errno, syscall, message }) {
    console.log(name, code, errno, syscall, message);
  }
}
