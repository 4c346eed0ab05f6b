'use client';
/**
 * Before the link is made: what would leave, how large it is to the byte, how long it stays, and what may be left out.
 */
import { Segmented } from '@/components/ui/segmented';
import { Switch } from '@/components/ui/switch';
import type { PackedShare, ShareLimits } from '@/lib/share';
import { useShareWords } from '@/lib/words/share';
import type { Words } from '@/lib/words';
import { PasswordField } from './password-field';
import { MIN_PASSWORD_LETTERS, type ShareChoice } from './use-share-draft';

interface ShareOptionsProps {
  readonly choice: ShareChoice;
  readonly onChoose: (choice: Partial<ShareChoice>) => void;
  readonly limits: ShareLimits;
  readonly packed: PackedShare | null;
  /** How many runs are shared, and how many steps they have. */
  readonly runs: number;
  readonly steps: number;
  /** Where the player stands. */
  readonly cursor: number;
  /** How many runs could go with it. */
  readonly beside: number;
}

export function ShareOptions(props: ShareOptionsProps) {
  const { choice, onChoose, limits, packed, runs, steps, cursor, beside } = props;
  const { options: words, expiries } = useShareWords();
  const midway = cursor > 0 && cursor < steps;
  return (
    <>
      <p className="text-body text-ink-soft">{choice.password === null ? words.who : words.whoLocked}</p>
      <Contents packed={packed} limits={limits} steps={steps} />
      <div className="mt-1 divide-y divide-line">
        <Switch
          label={words.noPicture}
          hint={words.noPictureHint}
          checked={!choice.includeImage}
          onChange={(without) => onChoose({ includeImage: !without })}
        />
        {beside > 0 ? (
          <Switch
            label={words.beside(beside)}
            hint={words.besideHint}
            checked={choice.includeBeside}
            onChange={(includeBeside) => onChoose({ includeBeside })}
          />
        ) : null}
        {runs > 1 ? null : midway ? (
          <Switch
            label={words.upTo(cursor, steps)}
            hint={words.upToHint}
            checked={choice.upTo !== null}
            onChange={(cut) => onChoose({ upTo: cut ? cursor : null })}
          />
        ) : (
          <p className="py-3 text-small text-ink-faint">{words.toCut}</p>
        )}
      </div>
      <div className="divide-y divide-line border-t border-line">
        <div>
          <Switch
            label={words.lock}
            hint={words.lockHint}
            checked={choice.password !== null}
            onChange={(locked) => onChoose({ password: locked ? '' : null })}
          />
          {choice.password === null ? null : (
            <div className="pb-4">
              <PasswordField
                purpose="new"
                value={choice.password}
                onChange={(password) => onChoose({ password })}
                autoFocus
                hint={words.passwordHint(MIN_PASSWORD_LETTERS)}
              />
            </div>
          )}
        </div>
        <Switch
          label={words.once}
          hint={words.onceHint}
          checked={choice.once}
          onChange={(once) => onChoose({ once })}
        />
      </div>
      <div className="border-t border-line pt-3">
        <Segmented
          legend={words.expires}
          options={limits.expiries.map((value) => ({ value, label: expiries[value] }))}
          value={choice.expiry}
          onChange={(expiry) => onChoose({ expiry })}
        />
      </div>
    </>
  );
}

function Contents({ packed, limits, steps }: Pick<ShareOptionsProps, 'packed' | 'limits' | 'steps'>) {
  const { contents: words, size } = useShareWords();
  const rows = packed ? rowsOf(packed, words) : [];
  return (
    <section aria-label={words.label} className="mt-4 rounded-m bg-sunken px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="tabular text-lead font-medium">{packed ? size(packed.bytes) : words.packing}</span>
        {packed ? (
          <span className="tabular text-small text-ink-faint">{words.exact(packed.bytes, limits.maxBytes)}</span>
        ) : null}
      </p>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-small">
        {packed
          ? rows.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-ink-faint">{name}</dt>
                <dd className="text-ink-soft">{value}</dd>
              </div>
            ))
          : Array.from({ length: 3 }, (_, row) => (
              <dt key={row} aria-hidden className="col-span-2 h-[1.1875rem] text-ink-faint">
                {row === 0 ? words.waiting(steps) : ''}
              </dt>
            ))}
      </dl>
    </section>
  );
}

type ContentsWords = Words['share']['contents'];

function rowsOf(packed: PackedShare, words: ContentsWords): readonly (readonly [name: string, value: string])[] {
  const { parts, runs, steps, stepsOf } = packed;
  return [
    [words.text, runs > 1 ? words.textOfRuns(runs, parts.text) : words.textOf(steps, stepsOf, parts.text)],
    [words.picture, pictureWords(packed, words)],
    [words.padding, words.paddingOf(parts.overhead)],
  ];
}

function pictureWords({ includesImage, imageMissing, parts, redrawn }: PackedShare, words: ContentsWords): string {
  if (imageMissing) return words.pictures.missing;
  if (!includesImage) return words.pictures['left-out'];
  return redrawn ? words.pictures.redrawn(parts.image) : words.pictures.stripped(parts.image);
}
