/** What may be asked of a model besides its format: how large pictures are at most, and whether it thinks first. */
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import type { FormatFacts, ModelWishes } from './model-desk';
import { picturesWords } from './words';

interface WishFieldsProps {
  /** Pixels, largest first; what is wished is offered too where it is none of them. */
  readonly pictureSizes: readonly number[];
  /** Whether it has a switch for thinking. */
  readonly canThink: boolean;
  readonly wishes: ModelWishes;
  readonly onChange: (wishes: ModelWishes) => void;
}

/** Unless the person says otherwise, a picture is as large as leaves room for the usual number of looks. */
const UNSAID = { value: '', label: 'As fits a run' };

const THINKING =
  'At length, as it was made to when told so. Slower, and it wants more than the usual “Most new tokens”.';
const THINKING_UNSAID = 'Not chosen yet: it does as it was made to.';

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
      <div className="mt-3 flex flex-wrap items-center justify-between gap-2">
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
      {canThink ? (
        <Switch
          label="Let it think first"
          hint={thinking === null ? `${THINKING} ${THINKING_UNSAID}` : THINKING}
          checked={thinking ?? false}
          onChange={(checked) => onChange({ ...wishes, thinking: checked })}
        />
      ) : null}
    </>
  );
}
