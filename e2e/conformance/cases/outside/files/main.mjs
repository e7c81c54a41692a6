import http from 'node:http';
import https from 'node:https';
import { lookup } from 'node:dns/promises';

const show = ({ name, message, code, errno, syscall, hostname }) =>
  console.log(name, message, code, errno, syscall, hostname);
const refused = (request) => new Promise((resolve) => request.on('error', (error) => resolve(show(error))));

for (const url of ['http://example.com/', 'https://example.com/']) {
  await fetch(url).catch((error) => {
    console.log(error.name, error.message);
    show(error.cause);
  });
}
await refused(http.get('http://example.com/'));
await refused(https.get('https://example.com/'));
await lookup('nowhere.invalid').catch(show);
await fetch('https://example.com/');
