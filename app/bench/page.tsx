import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { BenchScreen } from '@/components/playground';

export const generateMetadata = (): Metadata => ({ title: pageWords().pages.bench });

export default function Page() {
  return <BenchScreen />;
}
