import { DeadEnd } from '@/components/ui/dead-end';
import { pageWords } from '@/lib/words/on-server';

export default async function NotFound() {
  return <DeadEnd {...(await pageWords()).notFound} />;
}
