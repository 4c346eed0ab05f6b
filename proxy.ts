/**
 * Gives every page its Content-Security-Policy with a fresh nonce. Next reads the nonce from the request header and puts it on
 * its own scripts. Files (/_next/static, /ort, /python, /models, anything with an extension) and /api do not pass here: they have their own
 * headers, and a body that passes a proxy is kept in memory and cut at 10 MB.
 */
import { NextResponse, type NextRequest } from 'next/server';
import { mayBeFramed, pagePolicy } from '@/lib/server/content-policy';
import { readConnect } from '@/lib/server/endpoint-settings';
import { readTrustedProxies } from '@/lib/server/share-settings';
import { readHstsSeconds, strictTransport } from '@/lib/server/transport-security';

export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const framed = mayBeFramed(request.nextUrl.pathname);
  const development = process.env.NODE_ENV === 'development';
  const policy = pagePolicy(nonce, { development, framed, connect: readConnect(process.env) });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  const proxies = readTrustedProxies(process.env);
  const transport = strictTransport(request.headers, { proxies, seconds: readHstsSeconds(process.env) });
  if (transport !== null) response.headers.set('Strict-Transport-Security', transport);
  return response;
}

export const config = { matcher: ['/((?!_next/|api/|ort/|python/|models/|gallery/|.*\\.[a-z0-9]+$).*)'] };
