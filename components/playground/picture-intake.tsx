'use client';
/**
 * Ways to bring a picture: a file, the camera, a web address. Dropping and pasting work on the whole page (drop-target.tsx);
 * here they are only said.
 */
import { Camera, ImageUp, Link2, Shapes } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { useRef, useState, type ChangeEvent, type SubmitEvent } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { useCommonWords } from '@/lib/words/common';
import { usePlaygroundWords } from '@/lib/words/playground';

/** What the browser's chooser of files shows. */
export const PICTURES = 'image/*,.heic,.heif,.avif';

interface PictureIntakeProps {
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
  readonly onUrl: (url: string) => void;
  readonly onCancel: () => void;
  /** A model's answer, to see over a picture. */
  readonly onPaste: () => void;
}

export function PictureIntake({ busy, onFile, onUrl, onCancel, onPaste }: PictureIntakeProps) {
  const { intake: words, pages } = usePlaygroundWords();
  const { cancel } = useCommonWords();
  const file = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const [first] = event.target.files ?? [];
    event.target.value = ''; // so that the same file can be chosen again
    if (first) onFile(first);
  };
  return (
    <div className="rounded-l border border-dashed border-line-strong bg-surface p-4 tablet:p-5">
      <h2 className="font-serif text-title tracking-tight">
        <span className="touch:hidden">{words.drop}</span>
        <span className="mouse:hidden">{words.add}</span>
      </h2>
      <p className="mt-0.5 text-small text-ink-faint touch:hidden">{words.otherWays}</p>
      <div className="mt-3 flex flex-wrap gap-2 tablet:mt-4">
        <Button weight="primary" disabled={busy} onClick={() => file.current?.click()}>
          <ImageUp size={17} aria-hidden />
          {busy ? words.opening : words.choose}
        </Button>
        {busy ? (
          <Button key="cancel" onClick={onCancel}>
            {cancel}
          </Button>
        ) : (
          <Button key="camera" onClick={() => camera.current?.click()} className="mouse:hidden">
            <Camera size={17} aria-hidden />
            {words.photo}
          </Button>
        )}
        <Link href="/make" className={classNames(buttonClass('outline'), 'hover:bg-hover')}>
          <Shapes size={17} aria-hidden />
          {pages.make}
        </Link>
        <Button onClick={onPaste}>{words.paste}</Button>
      </div>
      <UrlField busy={busy} onUrl={onUrl} />
      <input
        ref={file}
        type="file"
        accept={PICTURES}
        onChange={take}
        aria-label={words.file}
        tabIndex={-1}
        className="sr-only"
      />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        onChange={take}
        aria-label={words.camera}
        tabIndex={-1}
        className="sr-only"
      />
    </div>
  );
}

function UrlField({ busy, onUrl }: Pick<PictureIntakeProps, 'busy' | 'onUrl'>) {
  const words = usePlaygroundWords().intake;
  const [url, setUrl] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (url.trim()) onUrl(url.trim());
  };
  return (
    <form onSubmit={submit} className="mt-3 flex gap-2" noValidate>
      <label className="relative min-w-0 flex-1">
        <span className="sr-only">{words.address}</span>
        <Link2 size={16} aria-hidden className="absolute top-1/2 left-3 -translate-y-1/2 text-ink-faint" />
        <input
          type="url"
          inputMode="url"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          placeholder={words.addressPlaceholder}
          autoComplete="off"
          className="h-10 w-full rounded-m border border-line-strong bg-surface pr-3 pl-9 text-body"
        />
      </label>
      <Button type="submit" disabled={busy || url.trim() === ''}>
        {words.fetch}
      </Button>
    </form>
  );
}
