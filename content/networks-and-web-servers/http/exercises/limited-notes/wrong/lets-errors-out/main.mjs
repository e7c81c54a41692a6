// says: The client left before its body was complete, and the promise of your handler was rejected. In a server that ends the process: put a try around the reading.
import { createServer } from 'node:http';

export function createNotes(limit) {
  return createServer(async (req, res) => {
    if (req.url !== '/notes') return res.writeHead(404).end();
    if (req.method !== 'POST') return res.writeHead(405, { Allow: 'POST' }).end();
    const chunks = [];
    let size = 0;
    for await (const chunk of req) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) return res.writeHead(413, { Connection: 'close' }).end();
    }
    res.writeHead(201).end(Buffer.concat(chunks));
  });
}
