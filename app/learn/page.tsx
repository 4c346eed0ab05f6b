import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { LearnScreen } from '@/components/playground';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords()).pages.learn });

export default function Page() {
  return <LearnScreen />;
}
