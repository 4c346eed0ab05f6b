import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { CompareScreen } from '@/components/playground';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords()).pages.compare });

export default function Page() {
  return <CompareScreen />;
}
