/** Above a row or a pair in the player: back to all of them, on to the next, and what can be done with it. */
import { ChevronDown, ChevronUp, List } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { useFormatsWords } from '@/lib/words/formats';
import { useRowKeys } from './use-row-keys';

interface RowHeadProps {
  readonly index: number;
  /** Those among which one goes on. */
  readonly shown: readonly { readonly index: number }[];
  readonly onOpen: (index: number | null) => void;
  readonly title: ReactNode;
  readonly children?: ReactNode;
}

export function RowHead({ index, shown, onOpen, title, children }: RowHeadProps): ReactNode {
  const { player: words } = useFormatsWords().page;
  const at = shown.findIndex((one) => one.index === index);
  const next = shown[at + 1]?.index ?? null;
  const previous = at > 0 ? (shown[at - 1]?.index ?? null) : null;
  useRowKeys({ next, previous, onOpen });
  return (
    <div className="flex items-center gap-2 border-b border-line bg-surface px-2 py-1.5 tablet:px-4">
      <Button size="small" weight="quiet" onClick={() => onOpen(null)}>
        <List size={16} aria-hidden />
        {words.back}
      </Button>
      <span className="tabular shrink-0 text-small text-ink-faint">
        {at < 0 ? '' : words.place(at + 1, shown.length)}
      </span>
      {title}
      <span className="ml-auto flex items-center">
        {children}
        <IconButton
          label={words.previous}
          icon={<ChevronUp size={18} aria-hidden />}
          disabled={previous === null}
          onClick={() => onOpen(previous)}
        />
        <IconButton
          label={words.next}
          icon={<ChevronDown size={18} aria-hidden />}
          disabled={next === null}
          onClick={() => onOpen(next)}
        />
      </span>
    </div>
  );
}
