import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { SetScreen } from '@/components/playground';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await pageWords()).pages.sets });

export default function Page() {
  return <SetScreen />;
}
