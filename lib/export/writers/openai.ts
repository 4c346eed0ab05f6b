/**
 * Messages as OpenAI's Chat Completions takes them, a run a line: `{ id, model, messages }`. A tool's answer holds no picture there, so a
 * crop follows in a user's message of its own. Thoughts stand under `reasoning_content`, as servers of open models write them.
 */
import { rootOf, type Part, type Step, type StepOf, type Trajectory } from '@/lib/trajectory';
import { argumentsOf } from '../call-arguments';
import type { ExportTools, RunToExport, Writer } from '../contract';
import { runName, setName } from '../file-names';
import { bytesOfPicture, toDataUrl } from '../shown-picture';

type ContentPart = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } };

export const writeOpenAi: Writer = async (runs, tools, progress) => {
  const lines: string[] = [];
  let name = setName(runs.count);
  for await (const one of runs.each()) {
    progress(lines.length, runs.count);
    if (runs.count === 1) name = runName(one.run);
    const { run } = one;
    const model = run.models[0]?.name;
    const row = { id: run.id, ...(model !== undefined && { model }), messages: await messagesOf(one, tools) };
    lines.push(`${JSON.stringify(row)}\n`);
  }
  return { name: `${name}-messages.jsonl`, blob: new Blob(lines, { type: 'application/jsonl' }) };
};

/** Readers take boxes for thousandths where the words say so. */
const SAYS_THOUSANDTHS = /0\s*(?:-|–|to|and|~)\s*1000\b|thousandth|normalized to 1000|relative coordinates/i;

async function messagesOf(one: RunToExport, tools: ExportTools): Promise<readonly unknown[]> {
  const { run } = one;
  const thousandths = SAYS_THOUSANDTHS.test(wordsOf(run));
  const shown: string[] = [];
  const contentOf = async (parts: readonly Part[]): Promise<ContentPart[]> => {
    const content: ContentPart[] = [];
    for (const part of parts) {
      if ('text' in part) {
        content.push({ type: 'text', text: part.text });
        continue;
      }
      if (!shown.includes(part.picture)) shown.push(part.picture);
      const bytes = await bytesOfPicture(one, part.picture, tools.drawing);
      const name = rootOf(run.pictures, part.picture)?.picture.file.name ?? part.picture;
      // What is not here is named: a reader finds it beside the file, or asks for it.
      content.push({ type: 'image_url', image_url: { url: bytes ? await toDataUrl(bytes) : name } });
    }
    return content;
  };
  const messages: unknown[] = [];
  if (run.systemPrompt !== '') messages.push({ role: 'system', content: run.systemPrompt });
  messages.push({ role: 'user', content: await contentOf(run.given) });
  for (const group of groupsOf(run.steps)) {
    const [first] = group;
    if (first?.type === 'result') {
      messages.push(...(await resultMessages(group as readonly StepOf<'result'>[], contentOf)));
    } else if (first?.type === 'said') {
      messages.push({ role: 'user', content: await contentOf(first.parts) });
    } else messages.push(assistantMessage(run, group, thousandths, shown));
  }
  return messages;
}

/** Steps in order: what the model wrote before anybody answered is one message, what was answered another. */
function groupsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const kindOf = ({ type }: Step) => (type === 'result' || type === 'said' ? type : 'model');
  const groups: Step[][] = [];
  for (const step of steps) {
    if (step.type === 'other') continue;
    const last = groups.at(-1);
    const before = last?.at(-1);
    const goesOn = before && kindOf(before) === kindOf(step) && step.type !== 'said' && before.turn === step.turn;
    // A thought after a call or an answer begins a message of its own: there is no other way to keep the order.
    const isLate = step.type === 'think' && last?.some(({ type }) => type === 'call' || type === 'answer');
    if (last && goesOn && !isLate) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function assistantMessage(run: Trajectory, group: readonly Step[], thousandths: boolean, shown: readonly string[]) {
  const said = (type: 'think' | 'answer') =>
    group.flatMap((step) => (step.type === type && 'text' in step ? [step.text] : [])).join('\n');
  const reasoning = said('think');
  const calls = group
    .filter((step): step is StepOf<'call'> => step.type === 'call')
    .map((call) => {
      const { name, arguments: input } = argumentsOf(run, call, thousandths, shown);
      const written = typeof input === 'string' ? input : JSON.stringify(input);
      return { id: call.callId, type: 'function', function: { name, arguments: written } };
    });
  return {
    role: 'assistant',
    content: said('answer') || null,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

async function resultMessages(
  results: readonly StepOf<'result'>[],
  contentOf: (parts: readonly Part[]) => Promise<ContentPart[]>,
): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  const pictures: ContentPart[] = [];
  for (const { callId, parts, refused } of results) {
    const texts = parts.flatMap((part) => ('text' in part ? [part.text] : []));
    const crops = parts.filter((part) => 'picture' in part);
    const told = refused ? refused.told || 'Error: the call was not carried out.' : texts.join('\n');
    answers.push({
      role: 'tool',
      tool_call_id: callId,
      content: told || (crops.length > 0 ? 'The picture follows.' : 'Done.'),
    });
    pictures.push(...(await contentOf(crops)));
  }
  return pictures.length > 0 ? [...answers, { role: 'user', content: pictures }] : answers;
}

function wordsOf(run: Trajectory): string {
  const words = [
    ...run.given,
    ...run.steps.flatMap((step) => (step.type === 'said' || step.type === 'result' ? step.parts : [])),
  ];
  const told = words.flatMap((part) => ('text' in part ? [part.text] : []));
  const answers = run.steps.flatMap((step) => (step.type === 'answer' ? [step.text] : []));
  return [run.systemPrompt, ...told, ...answers].join('\n');
}
