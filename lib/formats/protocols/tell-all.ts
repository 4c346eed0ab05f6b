/** Conversations of one log as runs, in their order. One that was another one until some point names it as the run that it left. */
import type { Trajectory } from '@/lib/trajectory';
import type { Read } from '../contract';
import type { Conversation } from './conversation';
import { tellConversation, type ToldFrom } from './tell';

interface Left {
  readonly id: string;
  /** Its steps, as texts to compare. */
  readonly steps: readonly string[];
}

export async function* tellConversations(
  conversations: readonly Conversation[],
  from: Omit<ToldFrom, 'index'>,
  begin = 0,
): AsyncGenerator<Read, void> {
  const isLeft = new Set(conversations.map(({ branchOf }) => branchOf));
  const left = new Map<Conversation, Left>();
  for (const [at, conversation] of conversations.entries()) {
    const read = await tellConversation(conversation, { ...from, index: begin + at });
    const trunk = conversation.branchOf && left.get(conversation.branchOf);
    if (!('run' in read)) yield read;
    else {
      const steps = isLeft.has(conversation) || trunk ? stepsOf(read.run) : [];
      if (isLeft.has(conversation)) left.set(conversation, { id: read.run.id, steps });
      yield trunk ? asBranch(read, trunk, steps) : read;
    }
  }
}

const stepsOf = ({ steps }: Trajectory): readonly string[] => steps.map((step) => JSON.stringify(step));

function asBranch(read: Extract<Read, { run: Trajectory }>, trunk: Left, own: readonly string[]): Read {
  const differs = own.findIndex((step, at) => step !== trunk.steps[at]);
  const steps = differs < 0 ? own.length : differs;
  return {
    ...read,
    run: { ...read.run, parent: { runId: trunk.id, steps, change: { kind: 'branch', json: null } } },
    notes: [...read.notes, { code: 'branch-of', params: { steps } }],
  };
}
