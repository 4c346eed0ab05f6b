/**
 * The Content-Security-Policies as values: one for pages (with a nonce per request) and one for workers and scripts. Kept
 * apart from proxy.ts and next.config.ts, which only send them, so that one place says what the app may do.
 */

/**
 * Pictures by URL and models may come from any https address the person names; a server on this machine may be plain http. Chromium ignores
 * `[::1]` in a policy.
 */
const CONNECT = "connect-src 'self' https: http://localhost:* http://127.0.0.1:*";

export interface PolicyOptions {
  readonly development?: boolean;
  readonly framed?: boolean;
  readonly connect?: readonly string[];
}

/** Directives that a page and a worker share. */
const SHARED = ["object-src 'none'", "base-uri 'none'", "form-action 'self'"];

/** The embedded view of a shared run (docs/sharing.md): the one page that others may frame. */
export function mayBeFramed(path: string): boolean {
  return /^\/e(\/|$)/.test(path);
}

/**
 * Scripts run by nonce and by what those scripts load ('strict-dynamic'); WebAssembly compiles, `eval` does not.
 * Styles: 'unsafe-inline', because React's `style` prop and Base UI's positioned popups become style attributes in the
 * server's HTML, and an attribute cannot carry a nonce. Trusted Types: one policy, scripts/trusted-types.mjs. `development` adds what Next's overlay and refresh need; `framed` lets
 * any page frame this one; `connect` are further origins that pages may ask (LOUPE_CONNECT).
 */
export function pagePolicy(
  nonce: string,
  { development = false, framed = false, connect = [] }: PolicyOptions = {},
): string {
  const script = ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", "'wasm-unsafe-eval'"];
  if (development) script.push("'unsafe-eval'");
  return [
    "default-src 'self'",
    `script-src ${script.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "worker-src 'self' blob:",
    [CONNECT, ...connect, ...(development ? ['ws://localhost:*'] : [])].join(' '),
    ...SHARED,
    `frame-ancestors ${framed ? '*' : "'none'"}`,
    // Next's overlay and refresh hand text to everything.
    ...(development ? [] : ["require-trusted-types-for 'script'", 'trusted-types default']),
  ].join('; ');
}

/** What a worker may do: run the app's own scripts and WebAssembly, fetch, and start ONNX Runtime's own threads. */
export const WORKER_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' blob: data:",
  "worker-src 'self' blob:",
  `${CONNECT} blob: data:`,
  ...SHARED,
  "frame-ancestors 'none'",
].join('; ');
