/** The search engine that this server passes queries on to, if any. lib/server/search-forwarding.ts does it. */
import { searchForwarding } from '@/lib/server/search-service';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return searchForwarding().tell();
}

export function POST(request: Request): Promise<Response> {
  return searchForwarding().pass(request);
}
