import type { Metadata } from 'next';
import { pageWords } from '@/lib/words/on-server';
import { SharedScreen } from '@/components/share/shared-screen';

/** The same for every share: the server knows nothing of what is in one, and a preview must not either. */
export async function generateMetadata(): Promise<Metadata> {
  const { pages, shared } = await pageWords();
  return {
    title: pages.shared,
    description: shared.description,
    robots: { index: false, follow: false, noarchive: true },
    openGraph: { title: shared.previewTitle, description: shared.preview },
    twitter: { card: 'summary' },
  };
}

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <SharedScreen id={id} />;
}
