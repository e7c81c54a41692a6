const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
// Packages, as an installation leaves them.
const files = {
  "node_modules/mm/package.json": "{\"main\":\"gone.js\"}\n",
  "node_modules/pkg/package.json": "{\"exports\":{\".\":\"./i.js\",\"./x\":[\"./missing-ok.js\",\"./i.js\"]}}\n",
  "node_modules/pkg/i.js": "module.exports=\"pkg\"\n"
};
for (const [name, text] of Object.entries(files)) {
  const path = join(__dirname, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
