import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { BenchScreen } from '@/components/playground';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords()).pages.bench });

export default function Page() {
  return <BenchScreen />;
}
