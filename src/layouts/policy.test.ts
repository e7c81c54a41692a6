import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { contentSecurityPolicy } from './policy.ts';

suite('the policy of a page', () => {
  test('allows no inline script but those that it is given, by their hashes', async () => {
    const policy = await contentSecurityPolicy(["alert('Hello, world.');"]);
    // The script and the hash of the specification's own example.
    assert.match(
      policy,
      /script-src 'self' 'wasm-unsafe-eval' 'sha256-qznLcsROx4GACP2dm0UCKCzCG\+HiZ1guq6ZZDob\/Tng='/,
    );
    assert.doesNotMatch(policy, /script-src[^;]*'unsafe-(?:inline|eval)'/);
  });
});
