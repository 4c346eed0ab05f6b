/**
 * Whether this process answers: for a container's health check. Asks nothing of the store, whose trouble a restart would not
 * mend. With `?ready`, for a balancer and for monitoring: whether shares can be read and written, 503 where they cannot.
 */
import { checkShares } from '@/lib/server/share-service';

export const dynamic = 'force-dynamic';

const HEADERS = { 'Cache-Control': 'no-store' };

export async function GET(request: Request): Promise<Response> {
  if (!new URL(request.url).searchParams.has('ready')) return Response.json({ ok: true }, { headers: HEADERS });
  const { read, write } = await checkShares();
  const ok = read && write;
  return Response.json({ ok, read, write }, { status: ok ? 200 : 503, headers: HEADERS });
}
