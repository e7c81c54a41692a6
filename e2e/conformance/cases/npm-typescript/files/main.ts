import { z } from 'zod';
import express, { type Request, type Response } from 'express';
interface Item { id: number; name: string }
const schema = z.object({ id: z.number(), name: z.string() }) satisfies z.ZodType<Item>;
const items: Item[] = [schema.parse({ id: 1, name: 'a' })];
const app = express();
app.get('/items', (_: Request, response: Response) => { response.json(items as unknown); });
const server = app.listen(0, async () => {
  const address = server.address();
  const port: number = typeof address === 'object' && address ? address.port : 0;
  console.log(await (await fetch(`http://localhost:${port}/items`)).json());
  server.close();
});
