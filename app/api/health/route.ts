/**
 * Whether this process answers: for a container's health check and a proxy's. Asks nothing of the store, whose trouble a
 * restart would not mend.
 */
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json({ ok: true }, { headers: { 'Cache-Control': 'no-store' } });
}
