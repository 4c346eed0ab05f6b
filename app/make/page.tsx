import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { MakeScreen } from '@/components/playground';

export const generateMetadata = (): Metadata => ({ title: pageWords().pages.make });

export default function Page() {
  return <MakeScreen />;
}
