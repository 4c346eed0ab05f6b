'use client';
/** Beside the next question: whether it continues the conversation. Only where the model was taught to go on after an answer. */
import { CornerDownRight } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { usePlayer } from '@/lib/player';
import { useSession, useSessionActions } from '@/lib/session';
import { questionOf } from '@/lib/trajectory';
import { useForkWords } from '@/lib/words/fork';
import { useCanChange } from './use-can-change';

export function FollowUp(): ReactNode {
  const words = useForkWords().followUp;
  const can = useCanChange();
  const question = useSession((state) => state.question.trim());
  const dialect = useSession((state) => state.engine?.card.dialect ?? null);
  const asked = usePlayer(({ run }) => (run && run.status === 'done' ? questionOf(run) : null));
  const goesOn = useGoesOn(dialect);
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

function useGoesOn(dialect: string | null): boolean {
  const own = useSession((state) => state.dialects);
  const [known, setKnown] = useState<{ readonly dialect: string; readonly goesOn: boolean } | null>(null);
  useEffect(() => {
    if (dialect === null) return;
    let here = true;
    // It is here already where anything was asked.
    void import('@/lib/agent').then(({ findDialect }) => {
      const found = findDialect(dialect, own);
      if (here) setKnown({ dialect, goesOn: found !== null && found.oneQuestion !== true });
    });
    return () => {
      here = false;
    };
  }, [dialect, own]);
  return known !== null && known.dialect === dialect && known.goesOn;
}
