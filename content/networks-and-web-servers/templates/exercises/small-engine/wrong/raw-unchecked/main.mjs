// says: {{{ nmae }}}: a name that the locals do not have is a ReferenceError, and its message contains the name.
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text).replace(/[&<>"']/g, (character) => entities[character]);

const holes = /\{\{\{\s*(\w+)\s*\}\}\}|\{\{\s*(\w+)\s*\}\}/g;

export function compile(template) {
  return (locals) =>
    template.replace(holes, (hole, raw, escaped) => {
      if (raw) return locals[raw];
      if (!Object.hasOwn(locals, escaped)) throw new ReferenceError(`${escaped} is not defined`);
      return escape(locals[escaped]);
    });
}
