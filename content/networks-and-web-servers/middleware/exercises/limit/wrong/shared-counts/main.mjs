// says: Two requests to /a used up the limit of /b. Create the map inside limit(), so that each middleware has one.
const windows = new Map();

export function limit({ max, seconds, now = Date.now }) {
  return (req, res, next) => {
    let window = windows.get(req.ip);
    if (!window || now() >= window.ends) {
      window = { count: 0, ends: now() + seconds * 1000 };
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
