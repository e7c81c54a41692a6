// says: POST /users/7 has a route, but another method with the same path was added before it. Look at all routes.
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

function decode(raw) {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, decodeURIComponent(value)]),
  );
}

export function createRouter() {
  const routes = [];
  return {
    add(method, pattern, handler) {
      routes.push({ method, pattern, handler });
    },
    find(method, target) {
      const wanted = method === 'HEAD' ? 'GET' : method;
      const [pathname] = target.split('?');
      const allow = new Set();
      const route = routes.find(({ pattern }) => match(pattern, pathname));
      if (route && route.method !== wanted) allow.add(route.method);
      else if (route) {
        try {
          return { status: 200, handler: route.handler, params: decode(match(route.pattern, pathname)) };
        } catch {
          return { status: 400 };
        }
      }
      return allow.size > 0 ? { status: 405, allow: [...allow] } : { status: 404 };
    },
  };
}
