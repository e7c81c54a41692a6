// says: Six times é are twelve bytes, but only six characters. The limit is one of bytes: count them before you decode.
import { createServer } from 'node:http';

export function createNotes(limit) {
  return createServer(async (req, res) => {
    if (req.url !== '/notes') return res.writeHead(404).end();
    if (req.method !== 'POST') return res.writeHead(405, { Allow: 'POST' }).end();
    let note = '';
    for await (const piece of req.setEncoding('utf8')) {
      note += piece;
      if (note.length > limit) return res.writeHead(413, { Connection: 'close' }).end();
    }
    res.writeHead(201).end(note);
  });
}
