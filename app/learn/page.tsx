import type { Metadata } from 'next';
import { LearnScreen } from '@/components/playground';

export const metadata: Metadata = { title: 'How it learned to look' };

export default function Page() {
  return <LearnScreen />;
}
