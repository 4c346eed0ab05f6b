'use client';
/** Beside the next question: whether it continues the conversation. Only where the model was taught to go on after an answer. */
import { CornerDownRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { usePlayer } from '@/lib/player';
import { useSession, useSessionActions } from '@/lib/session';
import { questionOf } from '@/lib/trajectory';
import { useForkWords } from '@/lib/words/fork';
import { useCanChange } from './use-can-change';
import { useDialect } from './use-dialect';

export function FollowUp(): ReactNode {
  const words = useForkWords().followUp;
  const can = useCanChange();
  const question = useSession((state) => state.question.trim());
  const asked = usePlayer(({ run }) => (run && run.status === 'done' ? questionOf(run) : null));
  const dialect = useDialect();
  const goesOn = dialect !== null && dialect.oneQuestion !== true;
  const { fork } = useSessionActions();
  if (!can || !goesOn || asked === null || question === '' || question === asked) return null;
  return (
    <Button
      size="small"
      className="self-start"
      title={words.hint}
      onClick={() => void fork({ kind: 'said', text: question })}
    >
      <CornerDownRight size={15} aria-hidden />
      {words.ask}
    </Button>
  );
}
