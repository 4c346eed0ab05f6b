/** A data set: scenes with their pictures, wherever they come from, and the questions in it. Pictures are read when needed. */
import type { Scene, SceneQuestion } from '@/lib/scene';
import type { ImageProblem } from '@/lib/image';
import type { Phrase, Words } from '@/lib/words';

/** A file of a folder or an archive; `path` with `/` between folders. */
export interface DataFile {
  readonly path: string;
  readonly read: () => Promise<Blob>;
}

export interface BenchScene {
  /** Its place in the data set, unique in it: a folder, or a file without its ending. */
  readonly name: string;
  readonly scene: Scene;
  /** The picture's bytes. Rejects where they cannot be had. */
  readonly readPicture: () => Promise<Blob>;
}

/** Why a file is not used; lib/words has the words. */
export type DataReason = Phrase<Words['bench']['problems']>;

/** A file that is not used, and why. */
export interface DataProblem {
  /** Null: the data set as a whole. */
  readonly file: string | null;
  readonly reason: DataReason;
  /** Where its picture cannot be opened: why, if that is known. */
  readonly picture?: ImageProblem | null;
}

/** A data set, or a file of one, cannot be had. */
export class DataError extends Error {
  readonly reason: DataReason;

  constructor(reason: DataReason) {
    super(`${reason.code} ${JSON.stringify(reason.params ?? {})}`);
    this.name = 'DataError';
    this.reason = reason;
  }
}

export function reasonOf(error: unknown): DataReason {
  if (error instanceof DataError) return error.reason;
  return error instanceof Error ? { code: 'detail', params: { detail: error.message } } : { code: 'unread' };
}

export interface DataSet {
  /** Null: what ships with the app. */
  readonly name: string | null;
  readonly scenes: readonly BenchScene[];
  readonly problems: readonly DataProblem[];
  /** What its questions may be looked up in: files of a folder `collection`. Left out: it brings none. */
  readonly collection?: readonly DataFile[];
}

export interface BenchQuestion {
  /** `<scene>/<id of the question>`. */
  readonly id: string;
  readonly scene: BenchScene;
  readonly question: SceneQuestion;
}

export function countQuestions({ scenes }: Pick<DataSet, 'scenes'>): number {
  return scenes.reduce((sum, { scene }) => sum + scene.questions.length, 0);
}

/**
 * The questions to ask, in the data set's order, so that each picture is opened once. Where there are more than `most`, as
 * many are taken of each kind as its part of the set is large, at even distances: the same ones every time.
 */
export function pickQuestions({ scenes }: Pick<DataSet, 'scenes'>, most = Infinity): readonly BenchQuestion[] {
  const all = scenes.flatMap((scene) =>
    scene.scene.questions.map((question) => ({ id: `${scene.name}/${question.id}`, scene, question })),
  );
  const wanted = Math.max(0, Math.floor(most));
  if (all.length <= wanted) return all;
  const kinds = [...new Set(all.map(({ question }) => question.kind))].map((kind) =>
    all.flatMap(({ question }, at) => (question.kind === kind ? [at] : [])),
  );
  const shares = sharesOf(
    kinds.map(({ length }) => length),
    wanted,
  );
  const picked = kinds.flatMap((places, kind) => {
    const count = shares[kind] ?? 0;
    // Each kind begins elsewhere, so that a few questions are about different pictures.
    return Array.from(
      { length: count },
      (_, at) => places[Math.floor(((at + (kind + 0.5) / kinds.length) * places.length) / count)]!,
    );
  });
  return picked.sort((a, b) => a - b).map((at) => all[at]!);
}

/** `total` in parts as large as `sizes` are to each other, by largest remainders; one of each before any has a second, where that fits. */
function sharesOf(sizes: readonly number[], total: number): readonly number[] {
  const sum = sizes.reduce((a, b) => a + b, 0);
  const least = total >= sizes.length ? 1 : 0;
  const exact = sizes.map((size) => (total * size) / sum);
  const shares = exact.map((share) => Math.max(least, Math.floor(share)));
  const missing = () => total - shares.reduce((a, b) => a + b, 0);
  while (missing() !== 0) {
    const step = Math.sign(missing());
    // Whoever is furthest from its due.
    const gaps = shares.map(
      (share, at) => step * ((exact[at] ?? 0) - share) - (step < 0 && share <= least ? Infinity : 0),
    );
    const at = gaps.indexOf(Math.max(...gaps));
    shares[at] = (shares[at] ?? 0) + step;
  }
  return shares;
}
