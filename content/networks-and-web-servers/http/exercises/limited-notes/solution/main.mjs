import { createServer } from 'node:http';

async function readBody(req, limit) {
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

export function createNotes(limit) {
  return createServer(async (req, res) => {
    if (req.url !== '/notes') {
      res.writeHead(404).end('nothing here');
      return;
    }
    if (req.method !== 'POST') {
      res.writeHead(405, { Allow: 'POST' }).end('only POST');
      return;
    }
    try {
      const note = await readBody(req, limit);
      if (note === undefined) res.writeHead(413, { Connection: 'close' }).end('too large');
      else res.writeHead(201, { 'Content-Type': 'text/plain; charset=utf-8' }).end(note);
    } catch {
      // The client left in the middle of its body.
      res.destroy();
    }
  });
}
