// says: The third request got 429, and yet its route ran. Answering does not end your function: return.
export function limit({ max, seconds, now = Date.now }) {
  const windows = new Map();
  return (req, res, next) => {
    let window = windows.get(req.ip);
    if (!window || now() >= window.ends) {
      window = { count: 0, ends: now() + seconds * 1000 };
      windows.set(req.ip, window);
    }
    window.count += 1;
    if (window.count > max) {
      const wait = Math.ceil((window.ends - now()) / 1000);
      res.set('Retry-After', String(wait)).sendStatus(429);
    }
    next();
  };
}
