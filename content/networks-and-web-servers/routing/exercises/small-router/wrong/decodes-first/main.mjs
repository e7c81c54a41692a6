// says: /users/a%2Fb is the user a/b. Split the path first, then decode each segment.
function match(pattern, pathname) {
  const expected = pattern.split('/');
  const segments = pathname.split('/');
  if (expected.length !== segments.length) return null;
  const raw = {};
  for (const [index, part] of expected.entries()) {
    if (part.startsWith(':') && segments[index] !== '') raw[part.slice(1)] = segments[index];
    else if (part !== segments[index]) return null;
  }
  return raw;
}

export function createRouter() {
  const routes = [];
  return {
    add(method, pattern, handler) {
      routes.push({ method, pattern, handler });
    },
    find(method, target) {
      const wanted = method === 'HEAD' ? 'GET' : method;
      let pathname;
      try {
        pathname = decodeURIComponent(target.split('?')[0]);
      } catch {
        return { status: 400 };
      }
      const allow = new Set();
      for (const route of routes) {
        const params = match(route.pattern, pathname);
        if (!params) continue;
        if (route.method === wanted) return { status: 200, handler: route.handler, params };
        allow.add(route.method);
      }
      return allow.size > 0 ? { status: 405, allow: [...allow] } : { status: 404 };
    },
  };
}
