/**
 * Trusted Types: in pages (content-policy.ts, `require-trusted-types-for 'script'`) no text becomes a script, an address of one or
 * HTML unless it passes here. Turbopack's loader and React hand plain text to such places, so there is a policy named `default`,
 * which the browser asks by itself; it admits what they need and nothing else. It is the first thing in a page, before any of
 * the app's own scripts can run, and no further policy may be made. docs/decisions/0013.
 */

/**
 * Runs in the page, as text: it may use nothing from around it. Null is a refusal.
 *
 * - HTML: empty (Konva clears its container), and the one tag that React makes a script element of.
 * - Addresses: the app's own chunks and workers, and ONNX Runtime's.
 * - Scripts as text: none.
 */
function installPolicy(): void {
  const types = (
    globalThis as {
      trustedTypes?: { createPolicy(name: string, rules: Record<string, (text: string) => string | null>): unknown };
    }
  ).trustedTypes;
  types?.createPolicy('default', {
    createHTML: (text) => (text === '' || text === '<script></script>' ? text : null),
    createScriptURL: (text) => {
      const url = new URL(text, document.baseURI);
      return url.origin === location.origin && /^\/(?:_next\/static|ort)\/[^%\\]+$/.test(url.pathname) ? text : null;
    },
  });
}

export const TRUSTED_TYPES_SCRIPT = `(${installPolicy.toString()})()`;
