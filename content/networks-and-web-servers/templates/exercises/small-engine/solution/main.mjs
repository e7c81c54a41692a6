const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text).replace(/[&<>"']/g, (character) => entities[character]);

const holes = /\{\{\{\s*(\w+)\s*\}\}\}|\{\{\s*(\w+)\s*\}\}/g;

export function compile(template) {
  return (locals) =>
    template.replace(holes, (hole, raw, escaped) => {
      const name = raw ?? escaped;
      if (!Object.hasOwn(locals, name)) throw new ReferenceError(`${name} is not defined`);
      return raw ? String(locals[name]) : escape(locals[name]);
    });
}
