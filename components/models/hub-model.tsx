'use client';
/** One model of the hub before it is downloaded: its formats, what each asks of this device, and what is known of the model. */
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { fileSize } from '@/components/ui/numbers';
import { useSession } from '@/lib/session';
import { useModelsWords } from '@/lib/words/models';
import { FailureNote } from './failure-note';
import { FormatChoice, VERDICT_COLORS } from './format-choice';
import type { ModelDesk, ModelFacts, ModelWishes } from './model-desk';
import { useInspection } from './use-inspection';
import { WishFields, wishesFor } from './wish-fields';
import {
  downloadWords,
  fitReasons,
  frameWords,
  needsWords,
  dialectWords,
  shortCommit,
  trainingWords,
  type WayOut,
} from './words';

interface HubModelProps {
  readonly desk: ModelDesk;
  readonly id: string;
  readonly revision: string | null;
  readonly onBack: () => void;
  readonly onUse: (modelUrl: string) => void;
  readonly onWay: (to: WayOut['to']) => void;
}

export function HubModel({ desk, id, revision, onBack, onUse, onWay }: HubModelProps) {
  const words = useModelsWords().hubModel;
  const { facts, failed, again } = useInspection(desk, id, revision);
  const endpoint = useSession((state) => state.hub.endpoint);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const page = `${endpoint}/${id}`;
  return (
    <div>
      <Button size="small" weight="quiet" onClick={onBack} className="-ml-2.5">
        <ArrowLeft size={15} aria-hidden />
        {words.back}
      </Button>
      <h3 ref={heading} tabIndex={-1} className="mt-2 font-serif text-lead font-medium wrap-anywhere outline-none">
        {id}
      </h3>
      <p role="status" className="text-small text-ink-soft">
        {facts || failed ? '' : words.asking(new URL(endpoint).host)}
      </p>
      {failed ? <FailureNote notice={failed} onAgain={again} onWay={onWay} page={page} /> : null}
      {facts ? <Facts desk={desk} facts={facts} revision={revision} page={page} onUse={onUse} /> : null}
    </div>
  );
}

interface FactsProps extends Pick<HubModelProps, 'desk' | 'revision' | 'onUse'> {
  readonly facts: ModelFacts;
  readonly page: string;
}

function Facts({ desk, facts, revision, page, onUse }: FactsProps) {
  const words = useModelsWords();
  const { hubModel } = words;
  const [dtype, setDtype] = useState(facts.first);
  // Where there is a switch it is said either way: templates differ in what they do by themselves.
  const [wanted, setWanted] = useState<ModelWishes>({ maxPixels: null, thinking: facts.thinking ? false : null });
  const format = facts.formats.find((one) => one.dtype === dtype) ?? facts.formats[0];
  if (!format) return null;
  const { fit, memoryBytes, features, context, pictureSizes } = format;
  const wishes = wishesFor(format, wanted);
  const use = () => onUse(desk.address({ id: facts.id, revision, dtype: format.dtype, ...wishes }));
  return (
    <>
      <FormatChoice formats={facts.formats} value={format.dtype} onChange={setDtype} />
      <WishFields pictureSizes={pictureSizes} canThink={facts.thinking} wishes={wishes} onChange={setWanted} />
      <div aria-live="polite" className="mt-4 rounded-m bg-sunken px-3.5 py-3 text-small">
        <p className={`text-body font-semibold ${VERDICT_COLORS[fit.verdict]}`}>{words.fit.verdicts[fit.verdict]}</p>
        <p className="mt-0.5 text-ink-soft">{fitReasons(words, fit)}</p>
        <p className="mt-1 text-ink-faint">{hubModel.memory(fileSize(memoryBytes), needsWords(words, features))}</p>
      </div>
      <Button weight={fit.verdict === 'no' ? 'outline' : 'primary'} onClick={use} className="mt-3 w-full">
        {fit.verdict === 'no' ? hubModel.allTheSame(downloadWords(words, format)) : downloadWords(words, format)}
      </Button>
      <dl className="mt-5 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-small">
        <Fact name={hubModel.license}>{facts.license || hubModel.noLicense}</Fact>
        {facts.gated ? <Fact name={hubModel.access}>{hubModel.gated}</Fact> : null}
        <Fact name={hubModel.family}>{facts.family}</Fact>
        <Fact name={hubModel.training}>{trainingWords(words, facts.training)}</Fact>
        <Fact name={hubModel.frame}>{frameWords(words, facts)}</Fact>
        <Fact name={hubModel.dialect}>{dialectWords(words, facts.dialect)}</Fact>
        <Fact name={hubModel.context}>{hubModel.tokens(context)}</Fact>
        <Fact name={hubModel.commit}>
          <span className="font-mono">{shortCommit(facts.commit)}</span>
        </Fact>
        <Fact name={hubModel.verified}>{hubModel.verifications[facts.verified].done}</Fact>
        <Fact name={hubModel.notVerified}>{hubModel.verifications[facts.verified].not}</Fact>
      </dl>
      <a href={page} target="_blank" rel="noreferrer" className="mt-3 inline-block text-small text-accent underline">
        {hubModel.page}
      </a>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}
