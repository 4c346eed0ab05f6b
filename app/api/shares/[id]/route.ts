/**
 * One share: phase two (PUT), reading (GET) and deleting (DELETE). lib/server/share-handlers.ts does it.
 */
import { shareHandlers } from '@/lib/server/share-service';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return (await shareHandlers()).open(request, (await params).id);
}

export async function PUT(request: Request, { params }: Context): Promise<Response> {
  return (await shareHandlers()).upload(request, (await params).id);
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  return (await shareHandlers()).remove(request, (await params).id);
}
