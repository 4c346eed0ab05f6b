/** One call, passed on. lib/server/forwarding.ts does it. */
import { forwarding } from '@/lib/server/forwarding-service';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly name: string; readonly path: readonly string[] }>;
}

async function pass(request: Request, { params }: Context): Promise<Response> {
  const { name, path } = await params;
  return forwarding().pass(request, name, path);
}

export { pass as GET, pass as POST };
