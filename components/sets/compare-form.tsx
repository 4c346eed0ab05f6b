'use client';
/** Which set is laid beside the one that is open: files, a folder, or one that is kept in this browser. */
import type { GivenFile } from '@/lib/formats';
import { useFormatsWords } from '@/lib/words/formats';
import { FileChoice } from './file-choice';
import { KeptList } from './empty-sets';
import { besideSet, mainSet } from './set-store';

interface CompareFormProps {
  /** The open one, where it is kept: it is not offered again. */
  readonly kept: string | null;
}

export function CompareForm({ kept }: CompareFormProps) {
  const { page } = useFormatsWords();
  const open = (files: readonly GivenFile[]) => void besideSet.openGiven([...files, ...mainSet.givenPictures()]);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-small text-ink-soft">{page.pairs.chooseAbout}</p>
      <div className="flex flex-wrap gap-2">
        <FileChoice label={page.empty.file} weight="primary" onFiles={open} />
        <FileChoice label={page.empty.folder} folder onFiles={open} />
      </div>
      <KeptList without={kept} onOpen={(id) => void besideSet.openKept(id)} />
    </div>
  );
}
