// says: The window begins with the first request of the client and lasts 10 seconds. After that the client may make two requests again, and not more.
export function limit({ max, seconds, now = Date.now }) {
  const windows = new Map();
  return (req, res, next) => {
    let window = windows.get(req.ip);
    if (!window || now() >= window.ends) {
      window = { count: 0, ends: (Math.floor(now() / 1000 / seconds) + 1) * seconds * 1000 };
      windows.set(req.ip, window);
    }
    window.count += 1;
    if (window.count > max) {
      const wait = Math.ceil((window.ends - now()) / 1000);
      return res.set('Retry-After', String(wait)).sendStatus(429);
    }
    next();
  };
}
