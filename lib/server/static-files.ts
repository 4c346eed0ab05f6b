/**
 * Headers and rewrites for the files the app serves itself, as next.config.ts takes them. ONNX Runtime's files lie under
 * public/ort/<version>/ raw, `.br` and `.gz` (scripts/prepare.mjs); the version in the address makes them immutable, and the
 * stored form is chosen by Accept-Encoding. Python's (public/python, scripts/python-files.mjs) have a hash in their names instead. Not a route handler: Next drops Content-Encoding from a handler's answer.
 */
import type { NextConfig } from 'next';
import { FRAME_HEADERS } from '../../scripts/python-frame.mjs';
import { WORKER_POLICY } from './content-policy';

type Headers = Awaited<ReturnType<NonNullable<NextConfig['headers']>>>;
type Rewrite = { source: string; destination: string; has: Condition[]; missing: Condition[] };
type Condition = { type: 'header'; key: string; value: string };

interface StoredForm {
  readonly encoding: 'br' | 'gzip';
  readonly suffix: string;
  readonly has: Condition[];
  readonly missing: Condition[];
}

/** Matches an Accept-Encoding that takes `coding`; `;q=0` refuses it. */
function accepts(coding: string): Condition {
  return {
    type: 'header',
    key: 'accept-encoding',
    value: `(?!.*\\b${coding}\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$)).*\\b${coding}\\b.*`,
  };
}

const FORMS: readonly StoredForm[] = [
  { encoding: 'br', suffix: '.br', has: [accepts('br')], missing: [] },
  { encoding: 'gzip', suffix: '.gz', has: [accepts('gzip')], missing: [accepts('br')] },
];

/** As in `ORT_KINDS`; the frame's headers are its own. */
const PYTHON_KINDS = [
  { source: '/python/:file(wasm\\.[0-9a-f]+\\.wasm)', type: 'application/wasm' },
  { source: '/python/:file(worker\\.[0-9a-f]+\\.js)', type: 'text/javascript; charset=utf-8' },
  { source: '/python/:file(lock\\.[0-9a-f]+\\.json)', type: 'application/json' },
  { source: '/python/:file(stdlib\\.[0-9a-f]+\\.zip)', type: 'application/zip' },
];

const IMMUTABLE = { key: 'Cache-Control', value: 'public, max-age=31536000, immutable' };

const asHeaders = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([key, value]) => ({ key, value }));

const ORT_KINDS = [
  { source: '/ort/:version/:file(.*\\.wasm)', type: 'application/wasm' },
  { source: '/ort/:version/:file(.*\\.mjs)', type: 'text/javascript; charset=utf-8' },
];

export const staticHeaders: Headers = [
  // What asks for them gives them to the frame as they are: none of them is run under the page's name.
  ...[...ORT_KINDS, ...PYTHON_KINDS].flatMap(({ source, type }) => [
    {
      source,
      headers: [
        IMMUTABLE,
        { key: 'Content-Type', value: type },
        { key: 'Vary', value: 'Accept-Encoding' },
        // The .mjs starts as a worker too (wasm threads), and a worker obeys the policy of its own answer.
        { key: 'Content-Security-Policy', value: WORKER_POLICY },
      ],
    },
    ...FORMS.map(({ encoding, has, missing }) => ({
      source,
      has,
      missing,
      headers: [{ key: 'Content-Encoding', value: encoding }],
    })),
  ]),
  { source: '/python/:file(frame\\.[0-9a-f]+\\.html)', headers: [...asHeaders(FRAME_HEADERS), IMMUTABLE] },
  { source: '/python/files.json', headers: [{ key: 'Cache-Control', value: 'public, no-cache' }] },
  // A browser asks for it at every visit; it runs under the policy of its own answer, as workers do.
  {
    source: '/sw.js',
    headers: [
      { key: 'Cache-Control', value: 'no-cache' },
      { key: 'Content-Security-Policy', value: WORKER_POLICY },
    ],
  },
  // Names under /models and /gallery are stable, so their contents may change: always ask again (an ETag answers 304).
  { source: '/models/:path*', headers: [{ key: 'Cache-Control', value: 'public, no-cache' }] },
  { source: '/gallery/:path*', headers: [{ key: 'Cache-Control', value: 'public, no-cache' }] },
];

export const staticRewrites: Rewrite[] = [
  ...ORT_KINDS.map(({ source }) => ({ source, stored: '/ort/:version/:file' })),
  ...PYTHON_KINDS.map(({ source }) => ({ source, stored: '/python/:file' })),
].flatMap(({ source, stored }) =>
  FORMS.map(({ suffix, has, missing }) => ({ source, destination: stored + suffix, has, missing })),
);
