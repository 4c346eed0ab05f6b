'use client';
/**
 * Before the link is made: what would leave, how large it is to the byte, how long it stays, and what may be left out.
 */
import { Segmented } from '@/components/ui/segmented';
import { Switch } from '@/components/ui/switch';
import type { PackedShare, ShareLimits } from '@/lib/share';
import { PasswordField } from './password-field';
import { MIN_PASSWORD_LETTERS, type ShareChoice } from './use-share-draft';
import { exactBytes, EXPIRY_LABELS, formatBytes } from './words';

interface ShareOptionsProps {
  readonly choice: ShareChoice;
  readonly onChoose: (choice: Partial<ShareChoice>) => void;
  readonly limits: ShareLimits;
  readonly packed: PackedShare | null;
  readonly steps: number;
  /** Where the player stands. */
  readonly cursor: number;
}

export function ShareOptions({ choice, onChoose, limits, packed, steps, cursor }: ShareOptionsProps) {
  const midway = cursor > 0 && cursor < steps;
  return (
    <>
      <p className="text-body text-ink-soft">
        {choice.password === null ? 'Anyone with the link' : 'Anyone with the link and the password'} can view this run.
        It&rsquo;s encrypted on this page and the key stays in the link, so the server can&rsquo;t read it.
      </p>
      <Contents packed={packed} limits={limits} steps={steps} />
      <div className="mt-1 divide-y divide-line">
        <Switch
          label="Leave the picture out"
          hint="Keeps text and boxes on a blank canvas."
          checked={!choice.includeImage}
          onChange={(without) => onChoose({ includeImage: !without })}
        />
        {midway ? (
          <Switch
            label={`Only up to this step (${cursor} of ${steps})`}
            hint="Later steps are not sent."
            checked={choice.upTo !== null}
            onChange={(cut) => onChoose({ upTo: cut ? cursor : null })}
          />
        ) : (
          <p className="py-3 text-small text-ink-faint">To share only the beginning, step back in the player first.</p>
        )}
      </div>
      <div className="divide-y divide-line border-t border-line">
        <div>
          <Switch
            label="Require a password"
            hint="Needed as well as the link. It can’t be recovered."
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
                hint={`At least ${MIN_PASSWORD_LETTERS} characters; a few words are best. Send it separately from the link.`}
              />
            </div>
          )}
        </div>
        <Switch
          label="Open once"
          hint="The run is deleted from the server after the first person opens it."
          checked={choice.once}
          onChange={(once) => onChoose({ once })}
        />
      </div>
      <div className="border-t border-line pt-3">
        <Segmented
          legend="Expires after"
          options={limits.expiries.map((value) => ({ value, label: EXPIRY_LABELS[value] }))}
          value={choice.expiry}
          onChange={(expiry) => onChoose({ expiry })}
        />
      </div>
    </>
  );
}

function Contents({ packed, limits, steps }: Pick<ShareOptionsProps, 'packed' | 'limits' | 'steps'>) {
  const rows = packed ? rowsOf(packed) : [];
  return (
    <section aria-label="What leaves this device" className="mt-4 rounded-m bg-sunken px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="tabular text-lead font-medium">{packed ? formatBytes(packed.bytes) : 'Packing…'}</span>
        {packed ? (
          <span className="tabular text-small text-ink-faint">
            {exactBytes(packed.bytes)}, encrypted; at most {formatBytes(limits.maxBytes)}
          </span>
        ) : null}
      </p>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-small">
        {packed
          ? rows.map(({ name, words }) => (
              <div key={name} className="contents">
                <dt className="text-ink-faint">{name}</dt>
                <dd className="text-ink-soft">{words}</dd>
              </div>
            ))
          : Array.from({ length: 3 }, (_, row) => (
              <dt key={row} aria-hidden className="col-span-2 h-[1.1875rem] text-ink-faint">
                {row === 0 ? `${steps} steps` : ''}
              </dt>
            ))}
      </dl>
    </section>
  );
}

function rowsOf(packed: PackedShare): readonly { readonly name: string; readonly words: string }[] {
  const { parts, steps, stepsOf } = packed;
  const some =
    steps < stepsOf ? `the first ${steps} of ${stepsOf} steps` : steps === 1 ? '1 step' : `all ${steps} steps`;
  return [
    {
      name: 'Text',
      words: `the question and ${some}, with tokens, settings and times: ${formatBytes(parts.text)}`,
    },
    { name: 'Picture', words: pictureWords(packed) },
    { name: 'Padding', words: `${formatBytes(parts.overhead)}, hides the picture’s size` },
  ];
}

function pictureWords({ includesImage, imageMissing, parts, redrawn }: PackedShare): string {
  if (imageMissing) return 'none: this browser no longer has its file';
  if (!includesImage) return 'left out';
  const size = formatBytes(parts.image);
  if (redrawn) return `${size}, saved again as PNG so that nothing hidden in the file is sent`;
  return `${size}, in full quality, without metadata (place, camera, name)`;
}
