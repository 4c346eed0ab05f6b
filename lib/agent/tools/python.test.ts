/** The code tool in whole runs, in the two ways to call it: what a model is told is its environment's text, and nothing else. */
import { describe, expect, it } from 'vitest';
import type { ModelCard } from '@/lib/engine';
import type { CodeResult } from '@/lib/python/contract';
import type { Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { offeredBy } from '../offered';
import { findDialect } from '../dialects';
import { playScript, SETTINGS } from '../fixtures/play';
import { openingImages, plain, scriptedSandbox } from '../fixtures/scripted-sandbox';
import { card } from '../fixtures/scripted-engine';
import { shownSize } from './picture-size';
import { codeBefore, python } from './python';

const smart = { kind: 'smart', factor: 28, patch: 14, minPixels: 3136, maxPixels: 100_000 } as const;
const image = { ...card.image, sizing: smart };
const deepeyes: ModelCard = { ...card, dialect: 'deepeyes-v2', image, frame: 'resized-pixels', context: 4096 };

const code = (...lines: readonly string[]) =>
  `<think>|Look.|</think>\n<code>\n\`\`\`python\n${lines.join('\n')}\n\`\`\`\n|</code>`;
const ANSWER = '<think>I see.</think><answer>|K7|</answer>';

async function play(turns: readonly string[], results: readonly Partial<CodeResult>[], of = deepeyes) {
  const sandbox = scriptedSandbox(results);
  const files: string[] = [];
  const played = await playScript(
    turns.map((text) => ({ text })),
    {
      card: of,
      images: openingImages(),
      sandbox,
      settings: { ...SETTINGS, tools: ['python'] },
      onFile: ({ ref }) => void files.push(ref.hash),
    },
  );
  expect(parseTrajectory(JSON.parse(JSON.stringify(played.run)))).toMatchObject({ ok: true });
  /** What the model was told before request `at`. */
  const told = (at: number) => {
    const last = played.requests[at]?.messages.at(-1);
    return last?.role === 'user'
      ? last.content.map((part) => (part.type === 'text' ? part.text : '{image}')).join('')
      : '';
  };
  return { ...played, told, sandbox, files };
}

const refusals = ({ steps }: Trajectory) =>
  steps.flatMap((step) => (step.type === 'result' && step.refused ? [step.refused] : []));

describe('code in a run', () => {
  it('E4: brings its output, and what it shows as pictures of the run', async () => {
    const { run, told, sandbox, files } = await play(
      [code('crop = image_1.crop((0, 0, 400, 300))', 'plt.imshow(crop)', 'plt.show()'), ANSWER],
      [{ stdout: '(400, 300)\n', stderr: 'small\n', pictures: [plain(400, 300), plain(300, 400)] }],
    );
    expect(told(1)).toBe(
      'Code execution result:\nstdout:\n```\n(400, 300)\n\n```\n\nstderr:\n```\nsmall\n\n```\n\nImages:\n{image}{image}',
    );
    expect(run.pictures.slice(1)).toMatchObject([
      { id: 'p2', from: 'call', callId: 'call-1', width: 400, height: 300, file: { mimeType: 'image/png' } },
      { id: 'p3', from: 'call', callId: 'call-1', width: 300, height: 400 },
    ]);
    expect(files).toEqual(run.pictures.slice(1).map((one) => (one.from === 'call' ? one.file.hash : null)));
    expect(run.steps.map(({ type }) => type)).toEqual(['think', 'call', 'result', 'think', 'answer']);
    // Written and run are both there.
    expect(run.steps[1]).toMatchObject({
      tool: 'python',
      written: expect.stringMatching(/^\n```python\ncrop[^]*```\n$/) as unknown,
      input: { code: 'crop = image_1.crop((0, 0, 400, 300))\nplt.imshow(crop)\nplt.show()' },
      label: 'crop = image_1.crop((0, 0, 400, 300))',
      place: null,
    });
    const [request] = sandbox.requests;
    expect(request).toMatchObject({ before: [], timeLimit: 30_000 });
    expect(await request?.pictures[0]?.pixels()).toMatchObject({ width: 1600, height: 1200 });
  });

  it('K2: finds the names of all code before it that came to its end', async () => {
    const { sandbox, told, run } = await play(
      [code('a = 1'), code('while a: pass'), code('b = a / 0'), code('print(a)'), ANSWER],
      [
        {},
        { ended: 'time' },
        { error: 'ZeroDivisionError: division by zero', stderr: 'Traceback\nZeroDivisionError: division by zero\n' },
        { stdout: '1\n', namesGone: true, stderr: 'no end' },
      ],
    );
    expect(sandbox.requests.map(({ before }) => before)).toEqual([[], ['a = 1'], ['a = 1'], ['a = 1', 'b = a / 0']]);
    expect(told(1)).toBe('Code execution result:\nstdout:\n```\n\n```\n\nstderr:\n```\n\n```');
    expect(told(2)).toContain('stderr:\n```\nTimeoutError: the code ran for more than 30 s and was ended.');
    expect(told(3)).toContain('stderr:\n```\nTraceback\nZeroDivisionError: division by zero\n\n```');
    expect(told(4)).toContain('stderr:\n```\nno end\nNameWarning: the names of earlier code are gone;');
    expect(codeBefore(run)).toEqual(['a = 1', 'b = a / 0', 'print(a)']);
    // As read back from a file, too: nothing has to be remembered.
    expect(codeBefore(JSON.parse(JSON.stringify(run)) as Trajectory)).toEqual(codeBefore(run));
  });

  it('E2, E3: the last block counts, and code goes before a search', async () => {
    const both = `<think>Look.</think>${code('first = 1').slice(22)}${code('last = 1').slice(22)}\n<tool_call>{"name": "search", "arguments": {"query": "x"}}</tool_call>`;
    const { run, sandbox } = await play([both.replaceAll('|', ''), ANSWER], [{}]);
    expect(sandbox.requests.map((request) => request.code)).toEqual(['last = 1']);
    expect(refusals(run).map(({ problem }) => problem)).toEqual(['superseded', 'superseded']);
    const within = '<code>\n```python\na = 1\n```\nor\n```python\n    b = 2\n    if b:\n        c = 3\n```\n</code>';
    const indented = await play([within, ANSWER], [{}]);
    expect(indented.sandbox.requests.map((request) => request.code)).toEqual(['b = 2\nif b:\n    c = 3']);
  });

  it('E5: what cannot be read is told in the words of the environment', async () => {
    const { run, told } = await play(
      [
        '<think>Hm.</think><code>print(1)</code>',
        '<think>Hm.</think><tool_call>\n{"name": "image_zoom_in_tool", "arguments": {}}\n</tool_call>',
        '<think>Hm.</think><tool_call>{"name": }</tool_call>',
        ANSWER,
      ],
      [],
    );
    expect(refusals(run).map(({ problem }) => problem)).toEqual(['no-code', 'unknown-tool', 'not-json']);
    expect([1, 2, 3].map(told)).toEqual([
      'Code execution error',
      'Error: Invalid tool call name: {"name": "image_zoom_in_tool", "arguments": {}}.',
      'Error: Invalid tool call format: {"name": }.',
    ]);
  });

  it('K1: is a function for models with calls of their own', async () => {
    const call = `<think>|Count.|</think><tool_call>${JSON.stringify({ name: 'run_python', arguments: { code: 'print(2)' } })}</tool_call>`;
    const { run, told, requests } = await play([call, ANSWER], [{ stdout: '2\n' }], { ...deepeyes, dialect: 'native' });
    expect(run.systemPrompt).toContain('call run_python with code');
    expect(requests[0]?.tools).toMatchObject([{ type: 'function', function: { name: 'run_python' } }]);
    expect(told(1)).toBe('Code execution result:\nstdout:\n```\n2\n\n```\n\nstderr:\n```\n\n```');
    expect(run.stop?.reason).toBe('answer');
  });

  it('K3: leaves turns free of a grammar that cannot write code', async () => {
    const settings = { ...SETTINGS, grammar: true, tools: ['zoom', 'python'] };
    const sandbox = scriptedSandbox([]);
    const { requests } = await playScript([{ text: ANSWER }], {
      card: { ...deepeyes, dialect: 'qwen-tools' },
      settings,
      sandbox,
    });
    expect(requests[0]?.grammar).toBeUndefined();
  });

  it('K1: tells a model with little room no more than it has room for', async () => {
    const { told } = await play([code('print(1)'), ANSWER], [{ stdout: 'x'.repeat(60_000) }]);
    expect(told(1).length).toBeLessThan(4500);
    expect(told(1)).toContain('\n[55904 more characters were left out]\n```');
  });
});

describe('what is offered', () => {
  const sandbox = scriptedSandbox([]);
  const offered = (dialect: string, wanted: readonly string[], there = true) =>
    offeredBy(findDialect(dialect)!, wanted, null, there ? sandbox : null);

  it('is code where it is wanted, told of and can be run; DeepEyesV2 brings it', () => {
    expect(offered('qwen-tools', ['zoom', 'python'])).toEqual(['zoom', 'python']);
    expect(offered('qwen-tools', ['zoom'])).toEqual(['zoom']);
    expect(offered('nano-1', ['zoom', 'python'])).toEqual(['zoom']);
    expect(offered('deepeyes-v2', ['zoom'])).toEqual(['zoom', 'python']);
    expect(offered('deepeyes-v2', [])).toEqual([]);
    expect(offered('deepeyes-v2', ['zoom'], false)).toEqual(['zoom']);
    expect(python.forms).toBeUndefined();
  });
});

describe('the size at which a shown picture goes to the model', () => {
  it.each([
    [640, 480, 640, 480],
    [32, 32, 32, 32],
    [20, 10, 64, 32],
    [10, 33, 32, 106],
    // 1000 to 1 becomes 600 × 26, and that 32 pixels high.
    [4000, 4, 739, 32],
  ])('%i × %i is %i × %i', (width, height, toWidth, toHeight) => {
    expect(shownSize({ width, height })).toEqual({ width: toWidth, height: toHeight });
  });
});
