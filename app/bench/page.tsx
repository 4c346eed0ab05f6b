import type { Metadata } from 'next';
// By its own file: through the room's door its code would come with the first page too.
import { BenchScreen } from '@/components/playground/bench-screen';

export const metadata: Metadata = { title: 'Bench' };

export default function Page() {
  return <BenchScreen />;
}
