import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { EmbedScreen } from '@/components/share/embed-screen';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await pageWords()).pages.shared,
  robots: { index: false, follow: false, noarchive: true },
});

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <EmbedScreen id={id} />;
}
