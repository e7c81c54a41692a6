import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
// Packages, as an installation leaves them.
const files = {
  "node_modules/mainpkg/package.json": "{\"main\":\"lib\"}\n",
  "node_modules/mainpkg/lib/index.js": "exports.q=1\n",
  "node_modules/strpkg/package.json": "{\"exports\":\"./i.js\",\"type\":\"module\"}\n",
  "node_modules/strpkg/i.js": "export default \"str\"\n",
  "node_modules/pkg/import.mjs": "export default \"import\"\n",
  "node_modules/pkg/require.cjs": "module.exports=\"require\"\n",
  "node_modules/pkg/hidden.js": "x\n",
  "node_modules/pkg/package.json": "{\"name\":\"pkg\",\"exports\":{\".\":{\"import\":\"./import.mjs\",\"require\":\"./require.cjs\"},\"./sub\":{\"node\":\"./sub.mjs\"},\"./features/*.js\":\"./features/*.mjs\",\"./features/private/*\":null,\"./bad\":\"../x.js\",\"./package.json\":\"./package.json\"}}\n",
  "node_modules/pkg/sub.mjs": "export default \"sub\"\n",
  "node_modules/pkg/features/x.mjs": "export default \"fx\"\n",
  "node_modules/pkg/features/private/x.mjs": "export default \"fx\"\n"
};
for (const [name, text] of Object.entries(files)) {
  const path = join(import.meta.dirname, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
