import type { Metadata } from 'next';
import { MakeScreen } from '@/components/playground';

export const metadata: Metadata = { title: 'Make a scene' };

export default function Page() {
  return <MakeScreen />;
}
