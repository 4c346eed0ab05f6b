'use client';
/** Writing a dialect: how a model is asked, how its calls look, what it is told back; and how a pasted reply is read in it. */
import { useId, useState, type SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { readReply, type ReplyPart } from '@/lib/agent';
import type { OwnDialect } from '@/lib/trajectory';
import type { Words } from '@/lib/words';
import { useServersWords } from '@/lib/words/servers';
import { readDraft } from './dialect-draft';
import { FIELD } from './hub-form';

interface DialectFormProps {
  readonly from: OwnDialect;
  /** Names of those there are, but for the one that is changed. */
  readonly taken: readonly string[];
  readonly onSave: (dialect: OwnDialect) => void;
  readonly onCancel: () => void;
}

const AREA = `${FIELD} h-auto min-h-16 resize-y py-2 font-mono text-small field-sizing-content max-h-64`;

export function DialectForm({ from, taken, onSave, onCancel }: DialectFormProps) {
  const servers = useServersWords();
  const words = servers.own;
  const [draft, setDraft] = useState(from);
  const [reply, setReply] = useState('');
  const read = readDraft(draft);
  const id = useId();
  const change = (part: Partial<OwnDialect>) => setDraft((before) => ({ ...before, ...part }));
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    if (read.ok) onSave(read.file);
  };
  const frames = Object.keys(servers.frames) as (keyof typeof servers.frames)[];
  const area = (key: 'prompt' | 'plainPrompt' | 'call' | 'shown' | 'refused', hint?: string) => (
    <div>
      <label htmlFor={`${id}-${key}`} className="mb-1 block">
        {words[key]}
      </label>
      <textarea
        id={`${id}-${key}`}
        value={draft[key]}
        onChange={(event) => change({ [key]: event.target.value })}
        rows={key === 'prompt' ? 4 : 2}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={hint === undefined ? undefined : `${id}-${key}-hint`}
        className={AREA}
      />
      {hint === undefined ? null : (
        <p id={`${id}-${key}-hint`} className="mt-1 text-ink-faint">
          {hint}
        </p>
      )}
    </div>
  );
  return (
    <form onSubmit={save} aria-label={words.heading} className="flex flex-col gap-3 rounded-m border border-line p-3">
      <div>
        <label htmlFor={`${id}-name`} className="mb-1 block">
          {words.name}
        </label>
        <input
          id={`${id}-name`}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
          autoComplete="off"
          dir="auto"
          className={FIELD}
        />
        {taken.includes(draft.name.trim()) ? <p className="mt-1 text-ink-faint">{words.replaced}</p> : null}
      </div>
      {area('prompt')}
      {area('call', words.callHint)}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span aria-hidden>{servers.frame}</span>
        <Select
          label={servers.frame}
          value={draft.frame}
          options={frames.map((value) => ({ value, label: servers.frames[value] }))}
          onChange={(value) => change({ frame: frames.find((one) => one === value) ?? draft.frame })}
        />
      </div>
      {area('shown')}
      {area('refused')}
      {area('plainPrompt')}
      <div>
        <label htmlFor={`${id}-reply`} className="mb-1 block">
          {words.trying}
        </label>
        <textarea
          id={`${id}-reply`}
          value={reply}
          onChange={(event) => setReply(event.target.value)}
          rows={2}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-reply-hint`}
          className={AREA}
        />
        <p id={`${id}-reply-hint`} className="mt-1 text-ink-faint">
          {words.tryingHint}
        </p>
        {read.ok && reply !== '' ? <Reading words={words} parts={readReply(read.dialect, reply)} /> : null}
      </div>
      <p role="status" className={read.ok ? 'sr-only' : 'text-danger'}>
        {read.ok ? '' : words.problems[read.problem]}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small" disabled={!read.ok}>
          {words.save}
        </Button>
        <Button size="small" weight="quiet" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}

function Reading({ words, parts }: { readonly words: Words['servers']['own']; readonly parts: readonly ReplyPart[] }) {
  return (
    <ul aria-label={words.read} className="mt-2 flex flex-col gap-1 rounded-m bg-sunken px-3 py-2">
      {parts.length === 0 ? <li>{words.parts.nothing}</li> : null}
      {parts.map((part, index) => (
        <li key={index} className="wrap-anywhere">
          <span className="text-ink-faint">
            {part.type === 'call' && part.input === null ? words.unread : words.parts[part.type]}{' '}
          </span>
          <span className="font-mono">
            {part.type === 'call' && part.input !== null ? JSON.stringify(part.input) : part.text}
          </span>
        </li>
      ))}
    </ul>
  );
}
