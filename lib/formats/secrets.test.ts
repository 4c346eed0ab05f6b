/** Keys in logs are covered; words that only look like them are not. */
import { describe, expect, it } from 'vitest';
import { withoutSecrets } from './secrets';

const long = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6';

describe('secrets', () => {
  it.each([
    `key sk-ant-api03-${long} end`,
    `sk-proj-${long}`,
    `export HF_TOKEN=hf_${long}`,
    `ghp_${long}${long.slice(0, 8)}`,
    'AKIAIOSFODNN7EXAMPLE',
    `Authorization: Bearer ${long}`,
    `{"api_key": "${long}"}`,
    `https://x.y/z?X-Amz-Signature=${long}&a=b`,
    `-----BEGIN PRIVATE KEY-----\n${long}\n-----END PRIVATE KEY-----`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${long}`,
    'password = hunter2hunter2',
  ])('%s', (text) => {
    const { text: made, count } = withoutSecrets(text);
    expect(count).toBeGreaterThan(0);
    expect(made).toContain('••••');
    // What is told by its place stays there.
    expect(made).toHaveLength(text.length);
    expect(withoutSecrets(made).count).toBe(0);
  });

  it.each([
    'pip install sk-learn-contrib-something-long-enough',
    'api_key = os.environ["OPENAI_API_KEY"]',
    'Authorization: Bearer $TOKEN',
    'the password is wrong',
    'max_tokens: 4096',
    'a basket of 12 apples',
  ])('no secret: %s', (text) => {
    expect(withoutSecrets(text)).toEqual({ text, count: 0 });
  });
});
