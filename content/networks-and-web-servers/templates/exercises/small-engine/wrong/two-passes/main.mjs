// says: A value contained {{ secret }}, and the secret was filled in. Find all holes in one pass over the template.
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text).replace(/[&<>"']/g, (character) => entities[character]);

const find = (locals, name) => {
  if (!Object.hasOwn(locals, name)) throw new ReferenceError(`${name} is not defined`);
  return locals[name];
};

export function compile(template) {
  return (locals) =>
    template
      .replace(/\{\{\{\s*(\w+)\s*\}\}\}/g, (hole, name) => find(locals, name))
      .replace(/\{\{\s*(\w+)\s*\}\}/g, (hole, name) => escape(find(locals, name)));
}
