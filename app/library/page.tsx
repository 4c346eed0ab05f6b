import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { LibraryScreen } from '@/components/playground';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords()).pages.library });

export default function Page() {
  return <LibraryScreen />;
}
