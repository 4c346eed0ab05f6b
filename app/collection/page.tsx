import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { CollectionScreen } from '@/components/playground';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords()).pages.collection });

export default function Page() {
  return <CollectionScreen />;
}
