/** Servers of models that this one passes calls on to, by name. lib/server/forwarding.ts does it. */
import { forwarding } from '@/lib/server/forwarding-service';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return forwarding().list();
}
