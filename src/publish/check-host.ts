/**
 * `npm run check:host -- <address>`: what is missing where a built site is deployed, in sentences with what to do about it.
 * Exit code 1 where readers lose something, 0 where all is well or could only be better, 2 where nobody answers.
 *
 *     node src/publish/check-host.ts https://someone.github.io/book/
 */
import { checkHost } from './check-host/check.ts';

const address = process.argv[2];
if (address === undefined || !/^https?:\/\//.test(address)) {
  console.error('Give the address of the site: npm run check:host -- https://example.org/');
  process.exit(2);
}
try {
  const { host, findings, configuration } = await checkHost(address);
  console.log(`${address} (${host})`);
  for (const { severity, text, fix } of findings) {
    console.log(`\n${severity === 'error' ? 'Error' : 'Warning'}: ${text}`);
    if (fix !== undefined) console.log(`  ${fix}`);
  }
  if (findings.some(({ isOfConfiguration }) => isOfConfiguration)) {
    console.log(`\nWhat has no advice below it is a matter of the host’s configuration. ${configuration}`);
  }
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  console.log(findings.length === 0 ? 'Nothing is missing.' : `\nErrors: ${errors}. Warnings: ${warnings}.`);
  process.exitCode = errors > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
