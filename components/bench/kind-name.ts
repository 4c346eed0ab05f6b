import type { Words } from '@/lib/words';

/** A kind of question as a person would say it; a foreign one by its own name. */
export function kindName({ kinds }: Words['bench'], kind: string): string {
  return (kinds as Readonly<Record<string, string>>)[kind] ?? kind; // a data set may name any kind
}
