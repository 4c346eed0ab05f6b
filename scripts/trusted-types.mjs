/**
 * Trusted Types: in pages (lib/server/content-policy.ts, `require-trusted-types-for 'script'`) no text becomes a script, an address
 * of one or HTML unless the policy named `default` passes it, which the browser asks by itself. It is written in front of
 * Turbopack's own loader when the app is built: the loader is the first to hand an address to the browser, whatever order the
 * page's scripts arrive in, and every page begins with it. docs/decisions/0014-trusted-types.md.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs in the page, as text: it may use nothing from around it. Null is a refusal.
 *
 * - HTML: empty (Konva clears its container), and the one tag that React makes a script element of.
 * - Addresses: the app's own chunks and workers, its service worker, and ONNX Runtime's.
 * - Scripts as text: none.
 */
export function installPolicy() {
  const types = globalThis.trustedTypes;
  if (typeof document === 'undefined' || !types || types.defaultPolicy) return;
  types.createPolicy('default', {
    createHTML: (text) => (text === '' || text === '<script></script>' ? text : null),
    createScriptURL: (text) => {
      const url = new URL(text, document.baseURI);
      return url.origin === location.origin && /^\/(?:(?:_next\/static|ort)\/[^%\\]+|sw\.js)$/.test(url.pathname)
        ? text
        : null;
    },
  });
}

/** @param {string} build the folder of the build; throws where there is no loader to write it to */
export function addPolicy(build) {
  const chunks = join(build, 'static', 'chunks');
  const loaders = readdirSync(chunks).filter((name) => /^turbopack-.*\.js$/.test(name));
  if (loaders.length === 0) throw new Error(`${chunks} has no loader: pages would refuse their own scripts.`);
  const policy = `(${installPolicy.toString()})();\n`;
  for (const name of loaders) {
    const path = join(chunks, name);
    const text = readFileSync(path, 'utf8');
    if (!text.startsWith(policy)) writeFileSync(path, policy + text);
  }
}
