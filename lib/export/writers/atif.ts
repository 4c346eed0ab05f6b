/** ATIF 1.7, a folder a run: `trajectory.json` and the pictures it names under `images`. docs: harborframework, ATIF. */
import { type Part, type Step, type StepOf, type Trajectory } from '@/lib/trajectory';
import { argumentsOf } from '../call-arguments';
import type { ExportTools, RunToExport, Writer } from '../contract';
import { endingOf, runName, setName } from '../file-names';
import { bytesOfPicture } from '../shown-picture';
import { createZip, unused, type ZipFile } from '../zip-file';

export const writeAtif: Writer = async (runs, tools, progress) => {
  const zip = createZip();
  const taken = new Set<string>();
  let name = setName(runs.count);
  let done = 0;
  for await (const one of runs.each()) {
    progress(done, runs.count);
    done += 1;
    if (runs.count === 1) name = runName(one.run);
    const folder = runs.count === 1 ? '' : `${unused(taken, runName(one.run))}/`;
    await zip.add(
      `${folder}trajectory.json`,
      `${JSON.stringify(await documentOf(one, folder, zip, tools), null, 1)}\n`,
    );
  }
  return { name: `${name}-atif.zip`, blob: await zip.end() };
};

type Content = string | readonly unknown[];

async function documentOf(one: RunToExport, folder: string, zip: ZipFile, tools: ExportTools) {
  const { run } = one;
  const model = run.models[0]?.name ?? '';
  // Readers guess how boxes count by the model's name: what it is known for is what is written.
  const thousandths = /qwen-?(?:3(?![\d.]*b)|[4-9])|glm|gemini|internvl|seed|doubao/i.test(model);
  const shown: string[] = [];
  const paths = new Map<string, string>();
  const contentOf = async (parts: readonly Part[]): Promise<Content> => {
    if (parts.every((part) => 'text' in part)) return parts.map((part) => ('text' in part ? part.text : '')).join('\n');
    const content: unknown[] = [];
    for (const part of parts) {
      if ('text' in part) {
        content.push({ type: 'text', text: part.text });
        continue;
      }
      if (!shown.includes(part.picture)) shown.push(part.picture);
      const bytes = paths.has(part.picture) ? null : await bytesOfPicture(one, part.picture, tools.drawing);
      if (bytes) {
        paths.set(part.picture, `images/${part.picture}.${endingOf(bytes.type)}`);
        await zip.add(`${folder}${paths.get(part.picture) ?? ''}`, bytes);
      }
      const path = paths.get(part.picture) ?? `images/${part.picture}.png`;
      content.push({ type: 'image', source: { media_type: bytes?.type ?? 'image/png', path } });
    }
    return content;
  };
  const steps: object[] = [];
  const push = (step: object) => steps.push({ step_id: steps.length + 1, ...step });
  if (run.systemPrompt !== '') push({ source: 'system', message: run.systemPrompt });
  push({ source: 'user', message: await contentOf(run.given) });
  for (const group of turnsOf(run.steps)) {
    const [first] = group;
    if (first?.type === 'said') push({ source: 'user', message: await contentOf(first.parts) });
    else push(await agentStep(run, group, contentOf, thousandths, shown));
  }
  return {
    schema_version: 'ATIF-v1.7',
    session_id: run.id,
    agent: { name: 'loupe', version: run.models[0]?.version || '1', ...(model !== '' && { model_name: model }) },
    steps,
  };
}

/** What the model wrote until somebody spoke, with what its calls brought. */
function turnsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const turns: Step[][] = [];
  for (const step of steps) {
    if (step.type === 'other') continue;
    const last = turns.at(-1);
    const before = last?.at(-1);
    const isNew = !before || step.type === 'said' || before.type === 'said';
    const late = step.type !== 'result' && step.type !== 'call' && before !== undefined && before.type !== 'think';
    const afterResult = step.type === 'call' && before?.type === 'result' && before.turn !== step.turn;
    if (isNew || late || afterResult || !last) turns.push([step]);
    else last.push(step);
  }
  return turns;
}

async function agentStep(
  run: Trajectory,
  group: readonly Step[],
  contentOf: (parts: readonly Part[]) => Promise<Content>,
  thousandths: boolean,
  shown: readonly string[],
) {
  const said = (type: 'think' | 'answer') =>
    group.flatMap((step) => (step.type === type && 'text' in step ? [step.text] : [])).join('\n');
  const calls = group.filter((step): step is StepOf<'call'> => step.type === 'call');
  const toolCalls = calls.map((call) => {
    const { name, arguments: input } = argumentsOf(run, call, thousandths, shown);
    return { tool_call_id: call.callId, function_name: name, arguments: input };
  });
  const results = [];
  for (const step of group) {
    if (step.type !== 'result') continue;
    const { callId, parts, refused } = step;
    const content = refused ? refused.told || 'Error: the call was not carried out.' : await contentOf(parts);
    results.push({ source_call_id: callId, content });
  }
  const reasoning = said('think');
  return {
    source: 'agent',
    message: said('answer'),
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
    ...(results.length > 0 && { observation: { results } }),
  };
}
