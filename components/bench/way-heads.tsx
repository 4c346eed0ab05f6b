import { HEAD } from '@/components/ui/table-frame';

/** The heads of the two ways of asking, as far as each was asked. */
export function WayHeads({ withTools, without }: { readonly withTools: boolean; readonly without: boolean }) {
  return (
    <>
      {withTools ? (
        <th scope="col" className={HEAD}>
          With tools
        </th>
      ) : null}
      {without ? (
        <th scope="col" className={HEAD}>
          Without
        </th>
      ) : null}
    </>
  );
}
