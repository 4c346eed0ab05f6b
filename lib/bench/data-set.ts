/** A data set: scenes with their pictures, wherever they come from, and the questions in it. Pictures are read when needed. */
import type { Scene, SceneQuestion } from '@/lib/scene';
import type { ImageProblem } from '@/lib/image';
import type { Phrase, Words } from '@/lib/words';

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
 * many are taken at even distances over the whole set: the same ones every time.
 */
export function pickQuestions({ scenes }: Pick<DataSet, 'scenes'>, most = Infinity): readonly BenchQuestion[] {
  const all = scenes.flatMap((scene) =>
    scene.scene.questions.map((question) => ({ id: `${scene.name}/${question.id}`, scene, question })),
  );
  if (all.length <= most) return all;
  return Array.from({ length: Math.max(0, Math.floor(most)) }, (_, at) => all[Math.floor((at * all.length) / most)]!);
}
