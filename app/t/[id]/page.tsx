import type { Metadata } from 'next';
import { SharedScreen } from '@/components/share/shared-screen';

/** The same for every share: the server knows nothing of what is in one, and a preview must not either. */
export const metadata: Metadata = {
  title: 'A shared run',
  description: 'An encrypted run, shared by link. Only who has the whole link can read it.',
  robots: { index: false, follow: false, noarchive: true },
  openGraph: { title: 'A shared run in Loupe', description: 'Encrypted: it opens for those who have the whole link.' },
  twitter: { card: 'summary' },
};

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <SharedScreen id={id} />;
}
