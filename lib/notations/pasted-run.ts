/** A run that consists of an answer somebody pasted over a picture: kept, stepped, shared and exported like any. Pure. */
import { fitName, TRAJECTORY_FORMAT, TRAJECTORY_LIMITS, type FileRef, type Trajectory } from '@/lib/trajectory';
import { withAnswerMarks } from './answer-marks';
import { modelIn } from './models';
import { PASTED } from './pasted';
import type { MarksChoice } from './read-marks';

export interface Pasted {
  readonly id: string;
  /** ISO 8601. */
  readonly now: string;
  /** Upright, in pixels. */
  readonly picture: FileRef & { readonly width: number; readonly height: number };
  readonly question: string;
  readonly text: string;
  /** Who wrote it; empty where nobody said and the text does not either. */
  readonly model: string;
  readonly choice?: MarksChoice;
}

export function pastedRun({ id, now, picture, question, text, model, choice = {} }: Pasted): Trajectory {
  const { width, height, ...file } = picture;
  const answer = fitName(text.trim(), TRAJECTORY_LIMITS.text);
  const name = fitName(model || modelIn(text));
  const asked = fitName(question.trim(), TRAJECTORY_LIMITS.text);
  const run: Trajectory = {
    format: TRAJECTORY_FORMAT,
    id,
    title: '',
    createdAt: now,
    updatedAt: now,
    pictures: [
      { id: 'p1', from: 'file', width, height, file: { hash: file.hash, mimeType: file.mimeType, name: file.name } },
    ],
    given: [{ picture: 'p1', seen: null }, ...(asked === '' ? [] : [{ text: asked }])],
    models: name === '' ? [] : [{ id: name, name, version: '', device: 'unknown' }],
    dialect: '',
    systemPrompt: '',
    settings: null,
    steps: [{ type: 'answer', text: answer, turn: 1, span: null, tokens: [] }],
    usage: [],
    status: 'done',
    stop: { reason: 'answer', message: '', code: null },
    parent: null,
    source: { system: PASTED, file: '', record: '', rule: 'as-recorded' },
    truth: null,
  };
  const marked = withAnswerMarks(run, choice);
  return { ...marked, title: asked ? fitName(asked, 200) : titleOf(marked, answer) };
}

/** What it points at, or how it begins. */
function titleOf({ steps }: Trajectory, answer: string): string {
  const [step] = steps;
  const labels =
    step?.type === 'answer' ? (step.marks ?? []).map(({ label }) => label).filter((label) => label !== '') : [];
  return fitName([...new Set(labels)].join(', ') || answer.replace(/\s+/g, ' '), 120);
}
