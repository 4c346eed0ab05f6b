/** What is told of a set while it is opened, and of a row when it is looked at. Plain data, but for the bytes of pictures. */
import type { RunFacts } from '@/lib/sets';
import type { FileHash, StepOf, Trajectory } from '@/lib/trajectory';
import type { Format, FormatProblem, Note, PictureName, RuleName, Wanted } from './contract';
import type { Unread } from './open-files';

type Asked = NonNullable<StepOf<'call'>['asked']>;

export interface FoundFile {
  readonly index: number;
  readonly path: string;
  readonly format: Format['id'];
  readonly records: number;
  readonly rules: readonly RuleName[];
}

interface RowBase {
  /** In the set, from 0. */
  readonly index: number;
  readonly file: number;
  /** In the file, from 0. */
  readonly record: number;
}

/** A row that was read. */
export interface ReadRow extends RowBase {
  readonly problem?: undefined;
  readonly facts: RunFacts;
  readonly notes: readonly Note[];
  /** Pictures that are not here. */
  readonly wanted: readonly PictureName[];
  /** Whose run it was, and by which rule its boxes became crops. */
  readonly system: Format['id'];
  readonly rule: RuleName;
  /** How its boxes were read; null where it has none. */
  readonly boxes: { readonly frame: Asked['frame']; readonly by: NonNullable<Asked['by']> } | null;
}

export type SetRow = ReadRow | (RowBase & { readonly problem: FormatProblem });

export type SetEvent =
  | { readonly type: 'progress'; readonly stage: 'looking'; readonly done: number; readonly total: number }
  | { readonly type: 'file'; readonly file: FoundFile }
  /** What no format knows, and how many pictures came along. */
  | { readonly type: 'unread'; readonly files: readonly Unread[]; readonly pictures: number }
  /** In order; rows that were told before are told anew. */
  | { readonly type: 'rows'; readonly rows: readonly SetRow[] };

export type OpenedRow =
  | {
      readonly run: Trajectory;
      readonly files: ReadonlyMap<FileHash, Blob>;
      readonly notes: readonly Note[];
      readonly wanted: readonly Wanted[];
    }
  | { readonly problem: FormatProblem };
