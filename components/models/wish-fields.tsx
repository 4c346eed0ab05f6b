/** What may be asked of a model besides its format: how large pictures are at most, and whether it thinks first. */
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
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
const UNSAID = { value: '', label: 'As fits a run' };

const THINKING =
  'It reasons at length before it looks or answers. Slower; give it more “Most new tokens” in the settings.';
const THINKING_UNSAID = 'Not chosen yet: the model does as it usually does.';

/** Formats differ in the sizes that are worth asking for: one that this has not is not wished of it. */
export function wishesFor({ pictureSizes }: FormatFacts, wishes: ModelWishes): ModelWishes {
  const { maxPixels } = wishes;
  return maxPixels === null || pictureSizes.includes(maxPixels) ? wishes : { ...wishes, maxPixels: null };
}

export function WishFields({ pictureSizes, canThink, wishes, onChange }: WishFieldsProps) {
  const { maxPixels, thinking } = wishes;
  const offered = maxPixels === null || pictureSizes.includes(maxPixels) ? pictureSizes : [maxPixels, ...pictureSizes];
  const sizes = offered.map((size) => ({ value: String(size), label: picturesWords(size) }));
  return (
    <>
      {sizes.length > 0 ? (
        <div className="mt-4">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span aria-hidden className="text-body">
              Largest picture
            </span>
            <Select
              label="Largest picture"
              value={maxPixels === null ? UNSAID.value : String(maxPixels)}
              options={[UNSAID, ...sizes]}
              onChange={(value) => onChange({ ...wishes, maxPixels: value === UNSAID.value ? null : Number(value) })}
            />
          </div>
          <p className="mt-1 text-small text-ink-faint">
            Smaller pictures take less memory and time, and leave room for more looks; crops stay sharp.
          </p>
        </div>
      ) : null}
      {canThink ? (
        // Below it comes what stands below: the room that a row of switches leaves is not wanted twice.
        <div className="-mb-3">
          <Switch
            label="Let it think first"
            hint={thinking === null ? `${THINKING} ${THINKING_UNSAID}` : THINKING}
            checked={thinking ?? false}
            onChange={(checked) => onChange({ ...wishes, thinking: checked })}
          />
        </div>
      ) : null}
    </>
  );
}
