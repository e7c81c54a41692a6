// says: The body came in chunks, so it had no Content-Length, and all of it was accepted. Count what arrives.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

export function createNotes(limit) {
  return createServer(async (req, res) => {
    if (req.url !== '/notes') return res.writeHead(404).end();
    if (req.method !== 'POST') return res.writeHead(405, { Allow: 'POST' }).end();
    if (Number(req.headers['content-length']) > limit) return res.writeHead(413).end();
    res.writeHead(201).end(await text(req));
  });
}
