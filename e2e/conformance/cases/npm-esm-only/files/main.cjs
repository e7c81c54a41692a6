const { Command } = require('commander');
const helmet = require('helmet');
const { z } = require('zod');
console.log(typeof Command, typeof helmet, typeof helmet.frameguard, typeof z.object);
(async () => {
  const esm = await import('commander');
  console.log(esm.Command === Command, Object.keys(esm).length);
  const zod = await import('zod');
  console.log(zod.z === z, Object.keys(zod).includes('default'), zod.default === zod.z);
  const h = await import('helmet');
  console.log(h.default === helmet, typeof h.contentSecurityPolicy);
  require('node:fs').writeFileSync('.env', 'A=1\nB="two\\nlines"\nC=${A}\n#x\nexport D=\'q\'\n');
  const parsed = require('dotenv').config({ quiet: true });
  console.log(parsed, process.env.A);
  console.log(require('dotenv').parse('X=1 # c\nY=`a"b`'));
})();
