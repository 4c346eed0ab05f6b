import type { Metadata } from 'next';
import { BenchScreen } from '@/components/playground';

export const metadata: Metadata = { title: 'Bench' };

export default function Page() {
  return <BenchScreen />;
}
