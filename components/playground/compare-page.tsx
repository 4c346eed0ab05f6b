'use client';
/** The comparison in this app: of kept runs and of rows of sets, and handed on as one link. */
import { Share2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { CompareView, type Pair, type ReadOther } from '@/components/compare';
import { IconButton } from '@/components/ui/button';
import { useWorkspaceWords } from '@/lib/words/workspace';
import { isGalleryPicture } from './gallery-index';
import { useSharing } from './share-run';

/** Sets come with their own code, and only where an address names one. */
const readRow: ReadOther = async (address) => (await import('@/components/sets')).readRowAt(address);

export function ComparePage({ banner }: { readonly banner: ReactNode }): ReactNode {
  return <CompareView banner={banner} readOther={readRow} tools={(pair) => <SharePair pair={pair} />} />;
}

function SharePair({ pair: { a, b } }: { readonly pair: Pair }): ReactNode {
  const words = useWorkspaceWords();
  const { share, dialog } = useSharing();
  const begin = () =>
    share(
      {
        ...{ trajectory: a.run, beside: [b.run], together: true, isShipped: isGalleryPicture },
        picture: (hash) => Promise.resolve(a.files.get(hash) ?? b.files.get(hash) ?? null),
      },
      a.run.steps.length,
    );
  return (
    <>
      <IconButton
        label={words.sharePair}
        icon={<Share2 size={16} aria-hidden />}
        disabled={a.run.id === b.run.id}
        onClick={begin}
      />
      {dialog}
    </>
  );
}
