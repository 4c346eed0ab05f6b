'use client';
/**
 * The page before there is a picture: what this is, the ways to bring a picture, and the gallery beside them.
 */
import { ShieldCheck } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { lazyView } from '@/components/ui/lazy-view';
import { serverPlace, useSession, useSessionActions } from '@/lib/session';
import { RichText } from '@/components/ui/rich-text';
import { usePlaygroundWords } from '@/lib/words/playground';
import { Composer } from './composer';
import { Gallery } from './gallery';
import { useGallery } from './gallery-index';
import { NoticeBanner } from './notice-banner';
import { PictureIntake } from './picture-intake';
import { useModelsOpen } from './models-open';
import { useEscape } from './use-escape';
import type { OpenPicture } from './use-open-picture';

/** Few ask a server. */
const WhatLeaves = lazyView(() => import('./what-leaves').then((module) => module.WhatLeaves));

/** It plays when the page has long been usable. */
const FirstRun = lazyView(() => import('./first-run').then((module) => module.FirstRun));

interface StartScreenProps {
  readonly open: OpenPicture;
  readonly onPaste: () => void;
}

export function StartScreen({ open, onPaste }: StartScreenProps) {
  const { start: words } = usePlaygroundWords();
  const notice = useSession((state) => state.notice);
  const question = useSession((state) => state.question);
  const opening = useSession((state) => state.phase === 'opening');
  const isRemote = useSession((state) => serverPlace(state.settings.modelUrl) !== null);
  const actions = useSessionActions();
  const pictures = useGallery();
  const [, setModels] = useModelsOpen();
  useEscape(opening ? actions.stop : null);
  return (
    <main className="mx-auto grid w-full max-w-[88rem] flex-1 gap-x-14 gap-y-12 px-4 pt-7 pb-16 tablet:px-6 tablet:pt-12 desk:grid-cols-[minmax(22rem,27rem)_1fr] desk:px-10">
      <div className="desk:sticky desk:top-12 desk:self-start">
        <h1 className="font-serif text-display font-medium text-balance">
          {words.title[0]} <br />
          {words.title[1]}
        </h1>
        <p className="mt-4 text-body tablet:mt-5 tablet:text-lead text-ink-soft">{words.about}</p>
        <p className="mt-2 text-small text-ink-faint">
          <RichText
            text={words.knows}
            parts={{
              link: (text) => (
                <button
                  type="button"
                  onClick={() => setModels(true)}
                  className="text-accent underline underline-offset-2 hover:text-accent-hover"
                >
                  {text}
                </button>
              ),
            }}
          />
        </p>
        <div className="mt-3 mb-6 tablet:mt-4 tablet:mb-7">
          {isRemote ? (
            <WhatLeaves />
          ) : (
            <p className="flex items-center gap-2 text-small font-medium text-accent">
              <ShieldCheck size={17} aria-hidden className="shrink-0" />
              {words.private}
            </p>
          )}
        </div>
        {notice ? (
          <div className="mb-4">
            <NoticeBanner notice={notice} onDismiss={actions.dismissNotice} />
          </div>
        ) : null}
        <PictureIntake
          busy={opening}
          onFile={(file) => void open.file(file, file.name)}
          onUrl={(url) => void open.url(url)}
          onCancel={actions.stop}
          onPaste={onPaste}
        />
        <div className="mt-3">
          <Composer
            question={question}
            onQuestion={actions.setQuestion}
            onAsk={() => void actions.ask()}
            onStop={actions.stop}
            busy={false}
            ready={false}
          />
        </div>
      </div>
      {pictures?.length === 0 ? null : (
        <section aria-labelledby="gallery-heading">
          <h2 id="gallery-heading" className="mb-4 flex items-baseline justify-between gap-4 border-b border-line pb-2">
            <span className="font-serif text-title tracking-tight">{words.gallery}</span>
            <span className="text-right text-small text-ink-faint">{words.unseen}</span>
          </h2>
          <FirstRun pictures={pictures} onAsk={(picture) => void open.gallery(picture)} />
          <Gallery pictures={pictures} onPick={(picture) => void open.gallery(picture)} />
          <p className="mt-6 text-small text-ink-soft">
            <RichText
              text={words.learn}
              parts={{
                link: (text) => (
                  <Link href="/learn" className="text-accent underline underline-offset-2 hover:text-accent-hover">
                    {text}
                  </Link>
                ),
              }}
            />
          </p>
          <p className="mt-2 text-small text-ink-soft">
            {words.otherSystems}{' '}
            <Link href="/set" className="text-accent underline underline-offset-2 hover:text-accent-hover">
              {words.openThem}
            </Link>
          </p>
        </section>
      )}
    </main>
  );
}
