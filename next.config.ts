/**
 * How the app is built and which headers every answer carries. Cross-origin isolation (COOP + COEP) gives the model's worker
 * threads; the page's Content-Security-Policy needs a nonce per request and is proxy.ts's. Scripts and workers under
 * /_next/static get a policy of their own here, because a worker obeys the policy of its own answer, not of the page.
 */
import type { NextConfig } from 'next';
import { WORKER_POLICY } from './lib/server/content-policy';
import { ORT_ALIASES } from './scripts/ort-files.mjs';
import { staticHeaders, staticRewrites } from './lib/server/static-files';

const EVERYWHERE = [
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Embedder-Policy', value: 'require-corp' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Permissions-Policy', value: 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()' },
];

/** Shared runs are for those who have the link: not for robots, nor for caches on the way. */
const UNLISTED = [{ key: 'X-Robots-Tag', value: 'noindex, nofollow, noarchive' }];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // No page uses it, and it would decode pictures and fill a cache for whoever asks.
  images: { unoptimized: true },
  turbopack: { resolveAlias: ORT_ALIASES },
  // `npm run check` is the type check; a start must not wait for the types of tests.
  typescript: { ignoreBuildErrors: true },
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: EVERYWHERE },
      { source: '/_next/static/:path*', headers: [{ key: 'Content-Security-Policy', value: WORKER_POLICY }] },
      ...['/t/:path*', '/e/:path*', '/api/:path*'].map((source) => ({ source, headers: UNLISTED })),
      // A page that is itself cross-origin isolated may frame only what says that it may be.
      { source: '/e/:path*', headers: [{ key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' }] },
      ...staticHeaders,
    ]),
  rewrites: () => Promise.resolve({ beforeFiles: staticRewrites, afterFiles: [], fallback: [] }),
};

export default config;
