// says: The first request of another client was refused. Count for each req.ip.
export function limit({ max, seconds, now = Date.now }) {
  const windows = new Map();
  return (req, res, next) => {
    let window = windows.get('all');
    if (!window || now() >= window.ends) {
      window = { count: 0, ends: now() + seconds * 1000 };
      windows.set('all', window);
    }
    window.count += 1;
    if (window.count > max) {
      const wait = Math.ceil((window.ends - now()) / 1000);
      return res.set('Retry-After', String(wait)).sendStatus(429);
    }
    next();
  };
}
