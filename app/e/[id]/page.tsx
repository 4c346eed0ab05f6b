import type { Metadata } from 'next';
import { EmbedScreen } from '@/components/share/embed-screen';

export const metadata: Metadata = {
  title: 'A shared run',
  robots: { index: false, follow: false, noarchive: true },
};

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <EmbedScreen id={id} />;
}
