import { createInterface } from 'node:readline';
import { z } from 'zod';
const Line = z.codec ? z.string().transform((s, ctx) => { try { return JSON.parse(s); } catch { ctx.addIssue({ code: 'custom', message: 'not JSON' }); return z.NEVER; } }).pipe(z.object({ n: z.number() })) : z.any();
for await (const line of createInterface({ input: process.stdin })) { const r = Line.safeParse(line); console.log(r.success ? r.data : r.error.issues.map((i) => i.message)); }
console.log(z.config().localeError !== undefined, z.locales !== undefined, z.iso.date().safeParse('2024-13-01').success, z.templateLiteral(['a', z.number()]).parse('a1'));
z.config(z.locales.de()); console.log(z.string().safeParse(1).error.issues[0].message);
console.log(z.object({ a: z.string() }).extend({ b: z.number() }).pick({ a: true }).keyof().options, z.string().brand('x').parse('q'), z.function({ input: [z.number()], output: z.string() }).implement((n) => String(n))(3));
class Money { constructor(n) { this.n = n; } }
console.log(z.instanceof(Money).safeParse({}).error.message, z.preprocess((v) => Number(v), z.number()).parse('5'), z.lazy(() => z.string()).parse('l'), z.promise(z.number()).parse(Promise.resolve(1)) instanceof Promise);
console.log(z.object({ a: z.string().meta({ title: 'A' }) }));
