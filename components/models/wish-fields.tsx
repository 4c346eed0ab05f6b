/** What may be asked of a model besides its format: how large pictures are at most, and whether it thinks first. */
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { useModelsWords } from '@/lib/words/models';
import type { FormatFacts, ModelWishes } from './model-desk';
import { picturesWords } from './words';

interface WishFieldsProps {
  /** Pixels, largest first; what is wished is offered too where it is none of them. Where there is none at all nothing is asked. */
  readonly pictureSizes: readonly number[];
  /** Whether it has a switch for thinking. */
  readonly canThink: boolean;
  readonly wishes: ModelWishes;
  readonly onChange: (wishes: ModelWishes) => void;
}

/** Unless the person says otherwise, a picture is as large as leaves room for the usual number of looks. */
const UNSAID = '';

/** Formats differ in the sizes that are worth asking for: one that this has not is not wished of it. */
export function wishesFor({ pictureSizes }: FormatFacts, wishes: ModelWishes): ModelWishes {
  const { maxPixels } = wishes;
  return maxPixels === null || pictureSizes.includes(maxPixels) ? wishes : { ...wishes, maxPixels: null };
}

export function WishFields({ pictureSizes, canThink, wishes, onChange }: WishFieldsProps) {
  const all = useModelsWords();
  const words = all.wishes;
  const { maxPixels, thinking } = wishes;
  const offered = maxPixels === null || pictureSizes.includes(maxPixels) ? pictureSizes : [maxPixels, ...pictureSizes];
  const sizes = offered.map((size) => ({ value: String(size), label: picturesWords(all, size) }));
  return (
    <>
      {sizes.length > 0 ? (
        <div className="mt-4">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span aria-hidden className="text-body">
              {words.largest}
            </span>
            <Select
              label={words.largest}
              value={maxPixels === null ? UNSAID : String(maxPixels)}
              options={[{ value: UNSAID, label: words.asFits }, ...sizes]}
              onChange={(value) => onChange({ ...wishes, maxPixels: value === UNSAID ? null : Number(value) })}
            />
          </div>
          <p className="mt-1 text-small text-ink-faint">{words.largestHint}</p>
        </div>
      ) : null}
      {canThink ? (
        // Below it comes what stands below: the room that a row of switches leaves is not wanted twice.
        <div className="-mb-3">
          <Switch
            label={words.think}
            hint={thinking === null ? `${words.thinkHint} ${words.thinkUnsaid}` : words.thinkHint}
            checked={thinking ?? false}
            onChange={(checked) => onChange({ ...wishes, thinking: checked })}
          />
        </div>
      ) : null}
    </>
  );
}
