/**
 * A share that opens once: taking it (POST), and saying that it has arrived (DELETE). lib/server/share-handlers.ts does it.
 */
import { answerShares } from '@/lib/server/share-service';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly id: string }>;
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answerShares((handlers) => handlers.take(request, id));
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answerShares((handlers) => handlers.arrived(request, id));
}
