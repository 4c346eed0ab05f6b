/**
 * What this server takes (GET), and phase one of a share (POST). lib/server/share-handlers.ts does it.
 */
import { answerShares } from '@/lib/server/share-service';

export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  return answerShares((handlers) => handlers.limits(request));
}

export async function POST(request: Request): Promise<Response> {
  return answerShares((handlers) => handlers.reserve(request));
}
