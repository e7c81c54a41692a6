/** Recorded exchanges of a server block, as a reader without JavaScript has them. */
import { expect, test } from '@playwright/test';

test.use({ javaScriptEnabled: false });

test('each request opens to what was asked and what real Node answered', async ({ page }) => {
  await page.goto('networks-and-web-servers/http/');
  const login = page.getByRole('figure', { name: 'A login: redirect, cookie, greeting' });
  await expect(login.getByText(/^Requests, answered by Node \d/)).toBeVisible();
  const exchange = login.getByRole('group').filter({ hasText: 'POST /login' });
  await expect(exchange.getByText('Set-Cookie: theme=dark; Path=/')).toBeHidden();
  await exchange.getByText('POST /login → 303 See Other').click();
  await expect(exchange.getByText('Set-Cookie: theme=dark; Path=/')).toBeVisible();
  await expect(exchange.getByText('Location: /account')).toBeVisible();
  const visitor = login.getByRole('group').filter({ hasText: 'The same visitor' });
  await visitor.getByText('The same visitor').click();
  await expect(visitor.getByText('cookie: user=Ada; theme=dark')).toBeVisible();
  await expect(visitor.getByText('GET /account: Ada')).toBeVisible();
});

test('a script has none', async ({ page }) => {
  await page.goto('networks-and-web-servers/http/');
  const script = page.getByRole('figure', { name: 'A complete server and its first two visitors' });
  await expect(script.getByText('Output, recorded on Node')).toBeVisible();
  await expect(script.getByText('Requests, answered by')).toBeHidden();
});
