// says: Twenty bytes had arrived, the body went on, and no answer came. Answer 413 as soon as the limit is passed.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

export function createNotes(limit) {
  return createServer(async (req, res) => {
    if (req.url !== '/notes') return res.writeHead(404).end();
    if (req.method !== 'POST') return res.writeHead(405, { Allow: 'POST' }).end();
    try {
      const note = await buffer(req);
      if (note.length > limit) res.writeHead(413).end();
      else res.writeHead(201).end(note);
    } catch {
      res.destroy();
    }
  });
}
