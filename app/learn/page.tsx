import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { LearnScreen } from '@/components/playground';

export const generateMetadata = (): Metadata => ({ title: pageWords().pages.learn });

export default function Page() {
  return <LearnScreen />;
}
