import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { MakeScreen } from '@/components/playground';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords()).pages.make });

export default function Page() {
  return <MakeScreen />;
}
