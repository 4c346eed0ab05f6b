'use client';
/**
 * Copies a text and says so. Where the browser refuses the clipboard, the field beside it is selected and the person is told
 * the key to press.
 */
import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type Ref, type RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { useShareWords } from '@/lib/words/share';

interface CopyButtonProps {
  /** A function is asked at the press. */
  readonly text: string | (() => string);
  readonly label: string;
  readonly weight?: 'primary' | 'outline' | 'quiet';
  readonly size?: 'small' | 'medium';
  readonly iconOnPhones?: boolean;
  readonly autoFocus?: boolean;
  /** Selected when copying is refused. */
  readonly field?: RefObject<HTMLInputElement | HTMLTextAreaElement | null>;
  /** Pressing it from elsewhere, as a key does, says the same words. */
  readonly ref?: Ref<HTMLButtonElement>;
}

const SAY_FOR_MS = 2000;

export function CopyButton({
  text,
  label,
  weight = 'outline',
  size = 'medium',
  iconOnPhones = false,
  autoFocus = false,
  field,
  ref,
}: CopyButtonProps) {
  const { copy: words } = useShareWords();
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAY_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setSaid('copied');
    } catch {
      field?.current?.select();
      setSaid('refused');
    }
  };
  return (
    <>
      <Button {...(ref ? { ref } : {})} weight={weight} size={size} autoFocus={autoFocus} onClick={() => void copy()}>
        {said === 'copied' ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        <span className={iconOnPhones ? 'max-tablet:sr-only' : undefined}>
          {said === 'copied' ? words.copied : said === 'refused' ? (field ? words.pressKeys : words.refused) : label}
        </span>
      </Button>
      <span role="status" className="sr-only">
        {said === 'copied' ? words.copiedSaid : said === 'refused' ? words.refusedSaid : ''}
      </span>
    </>
  );
}
