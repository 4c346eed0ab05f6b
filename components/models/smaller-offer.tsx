/**
 * Where memory ran out, or the room of one run: the same model with less of it, one press each. Its formats are asked of the hub;
 * without it, and of a model from this device, pictures alone.
 */
import { Button } from '@/components/ui/button';
import { fileSize } from '@/components/ui/numbers';
import { formatOf, inFormat, useSmallerPictures } from '@/lib/session';
import { useModelsWords } from '@/lib/words/models';
import type { FormatFacts, ModelDesk } from './model-desk';
import { useInspection } from './use-inspection';
import { picturesWords } from './words';

interface SmallerOfferProps {
  readonly desk: ModelDesk;
  readonly modelUrl: string;
  /** What ran out. Another format is offered for memory alone. */
  readonly ranOut: 'memory' | 'context';
  /** Loads it at once. */
  readonly onUse: (modelUrl: string) => void;
}

export function SmallerOffer({ desk, modelUrl, ranOut, onUse }: SmallerOfferProps) {
  const named = desk.readId(modelUrl);
  if (ranOut === 'context' || !named) return <Offer modelUrl={modelUrl} format={null} onUse={onUse} />;
  return <OfferOfFormats desk={desk} modelUrl={modelUrl} onUse={onUse} named={named} />;
}

type AskingProps = Omit<SmallerOfferProps, 'ranOut'> & {
  readonly named: NonNullable<ReturnType<ModelDesk['readId']>>;
};

function OfferOfFormats({ desk, modelUrl, onUse, named }: AskingProps) {
  const { facts } = useInspection(desk, named.id, named.revision);
  const format = facts && smallerFormat(facts.formats, formatOf(modelUrl) ?? facts.first);
  return <Offer modelUrl={modelUrl} format={format} onUse={onUse} />;
}

type OfferProps = Pick<SmallerOfferProps, 'modelUrl' | 'onUse'> & { readonly format: FormatFacts | null };

function Offer({ modelUrl, format, onUse }: OfferProps) {
  const words = useModelsWords();
  const pictures = useSmallerPictures(modelUrl);
  if (!format && !pictures) return null;
  return (
    <div className="mt-2.5 flex flex-wrap gap-2">
      {format ? (
        <Button size="small" weight="primary" onClick={() => onUse(inFormat(modelUrl, format.dtype) ?? modelUrl)}>
          {words.smaller.format(format.dtype, fileSize(format.memoryBytes))}
        </Button>
      ) : null}
      {pictures ? (
        <Button size="small" weight={format ? 'outline' : 'primary'} onClick={() => onUse(pictures.modelUrl)}>
          {words.smaller.pictures(picturesWords(words, pictures.maxPixels))}
        </Button>
      ) : null}
    </div>
  );
}

/** Of those that can run here the one that needs most, of what needs less than the one in use. */
export function smallerFormat(formats: readonly FormatFacts[], dtype: string): FormatFacts | null {
  const now = formats.find((one) => one.dtype === dtype)?.memoryBytes ?? Infinity;
  const less = formats.filter(({ memoryBytes, fit }) => memoryBytes < now && fit.verdict !== 'no');
  return less.sort((a, b) => b.memoryBytes - a.memoryBytes)[0] ?? null;
}
