'use client';
/** What other systems wrote, dropped or pasted on any page: it is opened as a set, on the page of sets. Its code comes with the first of it. */
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import type { GivenFile } from '@/lib/formats';

const loadSets = () => import('@/components/sets/set-store');

export interface OpenRecords {
  readonly files: (files: readonly GivenFile[]) => void;
  /** Asks first. False where the address is that of something else. */
  readonly address: (url: string) => boolean;
}

export function useOpenRecords(): OpenRecords {
  const router = useRouter();
  return useMemo(
    () => ({
      files: (files) =>
        void loadSets().then(({ mainSet }) => {
          mainSet.givePage(files);
          router.push('/set');
        }),
      address: (url) => {
        if (!/\.(jsonl?|ndjson|zip|eval|ipynb|gz|tgz|tar)(?=$|[?#])/i.test(url)) return false;
        router.push(`/set?open=${encodeURIComponent(url)}`);
        return true;
      },
    }),
    [router],
  );
}
