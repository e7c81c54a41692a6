// says: An & was escaped twice or not at all. Replace all characters in one pass, or the & of &lt; is escaped again.
const escape = (text) =>
  String(text)
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const holes = /\{\{\{\s*(\w+)\s*\}\}\}|\{\{\s*(\w+)\s*\}\}/g;

export function compile(template) {
  return (locals) =>
    template.replace(holes, (hole, raw, escaped) => {
      const name = raw ?? escaped;
      if (!Object.hasOwn(locals, name)) throw new ReferenceError(`${name} is not defined`);
      return raw ? String(locals[name]) : escape(locals[name]);
    });
}
