/** One question at one checkpoint: what was looked at on the picture, and what was said. */
import { Check, X } from 'lucide-react';
import { useLearnWords } from '@/lib/words/learn';
import { RichText } from '@/components/ui/rich-text';
import { turnStyle } from '@/components/ui/turn-color';
import type { TestQuestion, TestScene } from '@/lib/learn';
import { sentences } from '@/lib/words/sentences';

interface SceneAtProps {
  readonly scene: TestScene;
  readonly question: TestQuestion;
  readonly step: number;
  readonly picturesUrl: string;
}

export function SceneAt({ scene, question, step, picturesUrl }: SceneAtProps) {
  const words = useLearnWords().question;
  const run = question.runs.find((one) => one.step === step);
  const unit = Math.max(scene.width, scene.height) / 100;
  const crops = run?.crops ?? [];
  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-4 desk:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
      <div className="overflow-hidden rounded-l border border-line bg-sunken">
        <svg
          role="img"
          aria-label={words.pictureAt(step, words.looks(crops.length))}
          viewBox={`0 0 ${scene.width} ${scene.height}`}
          className="block h-auto max-h-[30rem] w-full"
        >
          <image href={`${picturesUrl}${scene.picture}`} width={scene.width} height={scene.height} />
          {question.targets.map((target, i) => (
            <rect
              key={i}
              {...at(target)}
              stroke="#fff"
              strokeWidth={unit * 0.3}
              strokeDasharray={`${unit} ${unit * 0.7}`}
              style={{ paintOrder: 'stroke', filter: 'drop-shadow(0 0 1px #000)' }}
            />
          ))}
          {crops.map((crop, i) => {
            if (!crop) return null;
            const [x1, y1] = crop;
            return (
              <g key={i} style={turnStyle(i + 1)}>
                <rect {...at(crop)} stroke="#000" strokeOpacity={0.55} strokeWidth={unit * 0.9} />
                <rect {...at(crop)} stroke="var(--turn)" strokeWidth={unit * 0.5} />
                <rect x={x1} y={y1} width={unit * 4.4} height={unit * 4.4} fill="var(--turn)" />
                <text
                  x={x1 + unit * 2.2}
                  y={y1 + unit * 3.4}
                  textAnchor="middle"
                  fontSize={unit * 3.4}
                  fontWeight={600}
                  fill="var(--turn-on)"
                >
                  {i + 1}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
      <div className="flex flex-col gap-3">
        <p className="font-serif text-title tracking-tight">{question.question}</p>
        <p className="text-small text-ink-faint">
          <RichText
            text={sentences(question.needsZoom ? words.needsZoom : words.needsNone, words.theAnswerIs)}
            parts={{ answer: () => <b className="font-medium text-ink">{question.answer}</b> }}
          />
        </p>
        {run ? (
          <ol className="flex flex-col gap-2 border-l border-line pl-4">
            {run.thoughts.map((thought, i) => (
              <li key={i}>
                <p className="font-serif text-lead">{thought}</p>
                {i < crops.length ? (
                  <p className="text-small font-medium text-(--turn-ink)" style={turnStyle(i + 1)}>
                    {crops[i] ? words.look(i + 1) : words.lookRefused(i + 1)}
                  </p>
                ) : null}
              </li>
            ))}
            <li className="flex items-center gap-2">
              {run.right ? (
                <Check size={18} aria-label={words.right} className="shrink-0 text-accent" />
              ) : (
                <X size={18} aria-label={words.wrong} className="shrink-0 text-danger" />
              )}
              <span className="font-serif text-title">{run.answer ?? words.noAnswer}</span>
            </li>
          </ol>
        ) : null}
      </div>
    </div>
  );
}

/** An outline around a box. */
const at = ([x1, y1, x2, y2]: TestQuestion['targets'][number]) => ({
  x: x1,
  y: y1,
  width: x2 - x1,
  height: y2 - y1,
  fill: 'none',
});
