import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { CompareScreen } from '@/components/playground';

export const generateMetadata = (): Metadata => ({ title: pageWords().pages.compare });

export default function Page() {
  return <CompareScreen />;
}
