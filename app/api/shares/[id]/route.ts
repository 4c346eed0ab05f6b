/**
 * One share: phase two (PUT), reading (GET) and deleting (DELETE). lib/server/share-handlers.ts does it.
 */
import { answerShares } from '@/lib/server/share-service';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answerShares((handlers) => handlers.open(request, id));
}

export async function PUT(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answerShares((handlers) => handlers.upload(request, id));
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answerShares((handlers) => handlers.remove(request, id));
}
