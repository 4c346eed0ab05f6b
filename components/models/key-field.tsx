/** The key for a server. */
import { useSession, useSessionActions } from '@/lib/session';
import { useServersWords } from '@/lib/words/servers';
import { SecretField } from './secret-field';

interface KeyFieldProps {
  /** As `serverPlace` names it. */
  readonly place: string;
  readonly ofSite: boolean;
}

export function KeyField({ place, ofSite }: KeyFieldProps) {
  const words = useServersWords();
  const isKept = useSession((state) => Object.hasOwn(state.keys, place));
  const { setKey } = useSessionActions();
  return (
    <SecretField
      words={{
        label: words.key,
        placeholder: words.keyPlaceholder,
        set: words.keySet,
        forget: words.forget,
        wrong: words.keyWrong,
        hint: ofSite ? words.keyOfSite : words.keyHint,
      }}
      kept={isKept}
      onSecret={(key) => setKey(place, key)}
    />
  );
}
