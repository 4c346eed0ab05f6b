import { DeadEnd } from '@/components/ui/dead-end';
import { pageWords } from '@/lib/words/on-server';

/** What the service worker shows in place of a page that it has not kept. */
export default async function Page() {
  return <DeadEnd {...(await pageWords()).offline} />;
}
