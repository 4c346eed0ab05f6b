/**
 * What this server takes (GET), and phase one of a share (POST). lib/server/share-handlers.ts does it.
 */
import { shareHandlers } from '@/lib/server/share-service';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  return (await shareHandlers()).limits(request);
}

export async function POST(request: Request): Promise<Response> {
  return (await shareHandlers()).reserve(request);
}
