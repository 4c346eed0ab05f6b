import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { LibraryScreen } from '@/components/playground';

export const generateMetadata = (): Metadata => ({ title: pageWords().pages.library });

export default function Page() {
  return <LibraryScreen />;
}
