const { z, ZodError } = require('zod');
const assert = require('node:assert');

const Address = z.object({ street: z.string(), zip: z.string().regex(/^\d{5}$/) }).strict();
const Order = z
  .object({
    id: z.uuid(),
    items: z.array(z.object({ sku: z.string(), quantity: z.int().min(1).max(10) })).nonempty(),
    address: Address.optional(),
    status: z.enum(['open', 'paid']).default('open'),
    meta: z.record(z.string(), z.unknown()).nullable(),
    when: z.coerce.date(),
  })
  .refine((order) => order.items.length < 3, { message: 'too many items', path: ['items'] });
const good = {
  id: '8c7b0f5e-5a0b-4b5f-9e51-5b8d6a4dfb3c',
  items: [{ sku: 'a', quantity: 1 }],
  meta: null,
  when: '2024-01-02T03:04:05Z',
};
console.log(Order.parse(good));
try {
  Order.parse({ ...good, id: 'x', items: [{ sku: 1, quantity: 0.5 }], address: { street: 's', zip: '1', extra: 1 } });
} catch (error) {
  console.log(error instanceof ZodError, error.name, error.message);
  console.log(z.prettifyError(error));
  console.log(z.treeifyError(error));
  console.log(z.flattenError(error));
}
const Shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('circle'), r: z.number() }),
  z.object({ kind: z.literal('square'), a: z.number() }),
]);
console.log(Shape.safeParse({ kind: 'circle', r: 1 }), Shape.safeParse({ kind: 'line' }).error.issues);
const Trimmed = z.string().trim().toLowerCase().pipe(z.email()).transform((mail) => mail.split('@'));
console.log(Trimmed.parse('  A@B.co '), z.tuple([z.string(), z.number()]).rest(z.boolean()).parse(['a', 1, true]));
const Category = z.object({ name: z.string(), get children() { return z.array(Category); } });
console.log(Category.parse({ name: 'a', children: [{ name: 'b', children: [] }] }));
console.log(z.toJSONSchema(Address));
console.log(Order.safeParse(null).error.issues, Address.shape.zip.def.type, z.set(z.number()).parse(new Set([1])));
z.string()
  .refine(async (value) => value === 'x')
  .parseAsync('y')
  .catch((error) => console.log(error.issues));
assert.throws(() => z.string().parse(1), ZodError);
console.log(z.map(z.string(), z.bigint()).parse(new Map([['a', 1n]])), z.nan().safeParse(NaN));
z.string().parse(42);
