import type { Metadata } from 'next';
import { LibraryScreen } from '@/components/playground';

export const metadata: Metadata = { title: 'Library' };

export default function Page() {
  return <LibraryScreen />;
}
