import { useBenchWords } from '@/lib/words/bench';
import { HEAD } from '@/components/ui/table-frame';

/** The heads of the two ways of asking, as far as each was asked. */
export function WayHeads({ withTools, without }: { readonly withTools: boolean; readonly without: boolean }) {
  const words = useBenchWords();
  return (
    <>
      {withTools ? (
        <th scope="col" className={HEAD}>
          {words.withTools}
        </th>
      ) : null}
      {without ? (
        <th scope="col" className={HEAD}>
          {words.without}
        </th>
      ) : null}
    </>
  );
}
