'use client';
/**
 * What went wrong, in three lines: what happened, what it means, what to do. It stands where the person is looking and goes
 * away when told to; the page stays usable around it. Where a run could not be kept, the way to save it is right there.
 */
import { CircleAlert, Download, X } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { Button, buttonClass, IconButton } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { NoticeWords } from '@/components/ui/notice-words';
import { usePlayer } from '@/lib/player';
import { useSession, useSessionActions, useSmallerPictures, type Notice } from '@/lib/session';
import { useCommonWords } from '@/lib/words/common';
import { usePlaygroundWords } from '@/lib/words/playground';
import { useModelsOpen } from './models-open';

/** The run on screen is not kept, or its latest steps are not. */
const UNKEPT: readonly string[] = [
  'library/quota',
  'library/removed',
  'library/outdated',
  'library/unavailable',
  'library/internal',
];

/** Another model, format or hub is the way out. */
const OF_THE_MODEL: readonly string[] = [
  'engine/model-not-found',
  'engine/gated',
  'engine/quota',
  'engine/network',
  'engine/bad-weights',
  'engine/bad-manifest',
  'engine/out-of-memory',
  'engine/unsupported-model',
];

/** The same model with smaller pictures may be the way out. */
const HELPED_BY_LESS: readonly string[] = ['engine/out-of-memory', 'engine/context-full'];

const MAY_BE_KEPT: readonly string[] = ['library/quota', 'library/removed', 'library/internal'];

export function NoticeBanner({ notice, onDismiss }: { readonly notice: Notice; readonly onDismiss: () => void }) {
  const { dismiss } = useCommonWords();
  return (
    <div
      role={notice.remark ? 'status' : 'alert'}
      data-code={notice.code}
      className={classNames(
        'flex gap-3 rounded-m py-3 pr-2 pl-4',
        notice.remark ? 'bg-caution-wash' : 'bg-danger-wash',
      )}
    >
      <CircleAlert
        size={18}
        aria-hidden
        className={classNames('mt-0.5 shrink-0', notice.remark ? 'text-caution' : 'text-danger')}
      />
      <div className="min-w-0 flex-1 text-small">
        <NoticeWords notice={notice} />
        {UNKEPT.includes(notice.code) ? <Rescue code={notice.code} /> : null}
        {HELPED_BY_LESS.includes(notice.code) || OF_THE_MODEL.includes(notice.code) ? (
          <div className="mt-2.5 flex flex-wrap gap-2">
            {HELPED_BY_LESS.includes(notice.code) ? <Smaller /> : null}
            {OF_THE_MODEL.includes(notice.code) ? <OtherModel code={notice.code} /> : null}
          </div>
        ) : null}
        {notice.code === 'engine/server' ? <GoOn /> : null}
        {notice.code === 'library/not-found' ? <ToLibrary /> : null}
      </div>
      <IconButton label={dismiss} onClick={onDismiss} icon={<X size={16} aria-hidden />} className="-mt-1" />
    </div>
  );
}

/** Crops stay sharp: it is the least that can be given up. Formats are in the choice of models. */
function Smaller() {
  const { setSettings, prepareModel } = useSessionActions();
  const modelUrl = useSession((state) => state.settings.modelUrl);
  const words = usePlaygroundWords().notice;
  const pictures = useSmallerPictures(modelUrl);
  if (!pictures) return null;
  const use = () => {
    setSettings({ modelUrl: pictures.modelUrl });
    void prepareModel();
  };
  return (
    <Button size="small" onClick={use}>
      {words.smallerPictures}
    </Button>
  );
}

/** Where a server broke off in the middle of a run, what was finished need not be asked for again. */
function GoOn() {
  const { goOn } = useSessionActions();
  const words = usePlaygroundWords().notice;
  const may = usePlayer(({ run }) => run?.status === 'failed' && run.steps.some(({ type }) => type === 'result'));
  return (
    <div className="mt-2.5 flex flex-wrap gap-2">
      {may ? (
        <Button size="small" onClick={() => void goOn()}>
          {words.goOn}
        </Button>
      ) : null}
      <OtherModel code="engine/server" />
    </div>
  );
}

function OtherModel({ code }: { readonly code: string }) {
  const words = usePlaygroundWords().notice;
  const [, setModels] = useModelsOpen();
  return (
    <Button size="small" onClick={() => setModels(true)}>
      {code === 'engine/out-of-memory' ? words.smaller : words.model}
    </Button>
  );
}

/** What is not here may be under another name. */
function ToLibrary() {
  const words = usePlaygroundWords().notice;
  return (
    <Link href="/library" className={classNames(buttonClass('outline', 'small'), 'mt-2.5 hover:bg-hover')}>
      {words.library}
    </Link>
  );
}

function Rescue({ code }: { readonly code: string }) {
  const words = usePlaygroundWords().notice;
  const shown = usePlayer((state) => state.run !== null);
  const { exportShown, keepShown } = useSessionActions();
  if (!shown) return null;
  const download = async () => {
    const file = await exportShown();
    if (!file) return;
    const { saveFile } = await import('@/components/ui/save-file');
    saveFile(file.blob, file.name);
  };
  return (
    <div className="mt-2.5 flex flex-wrap gap-2">
      <Button size="small" onClick={() => void download()}>
        <Download size={15} aria-hidden />
        {words.download}
      </Button>
      {MAY_BE_KEPT.includes(code) ? (
        <Button size="small" onClick={() => void keepShown()}>
          {words.keep}
        </Button>
      ) : null}
      {code === 'library/quota' ? (
        <Link href="/library" className={classNames(buttonClass('quiet', 'small'), 'hover:bg-hover')}>
          {words.library}
        </Link>
      ) : null}
    </div>
  );
}
