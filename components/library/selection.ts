/**
 * Which runs are selected, and from where a range begins. Pure; `order` is the list as shown, top to bottom.
 */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where the next range starts: the last one that was pointed out alone. */
  readonly anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: null };

export function toggleOne({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** From the anchor to `id`, both included, beside what is selected already. Without an anchor only `id`. */
export function extendTo(selection: Selection, order: readonly string[], id: string): Selection {
  const to = order.indexOf(id);
  const from = selection.anchor === null ? to : order.indexOf(selection.anchor);
  if (to === -1) return selection;
  const start = from === -1 ? to : from;
  const range = order.slice(Math.min(start, to), Math.max(start, to) + 1);
  return { ids: new Set([...selection.ids, ...range]), anchor: order[start] ?? id };
}

export function selectAll(order: readonly string[]): Selection {
  return { ids: new Set(order), anchor: order[0] ?? null };
}

/** Without those that are no longer shown; the same object where nothing changes. */
export function keepOnly(selection: Selection, shown: ReadonlySet<string>): Selection {
  const ids = [...selection.ids].filter((id) => shown.has(id));
  const anchor = selection.anchor !== null && shown.has(selection.anchor) ? selection.anchor : null;
  if (ids.length === selection.ids.size && anchor === selection.anchor) return selection;
  return { ids: new Set(ids), anchor };
}
