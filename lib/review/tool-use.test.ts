/** What tools were for, by the paper's classes and our rules; placeholders; why runs went wrong. And V2's reward on the cases of its code. */
import { describe, expect, it } from 'vitest';
import { codeOutput, errorIn, isIdle, type StepOf, type Trajectory } from '@/lib/trajectory';
import { answer, look, madeRun } from './fixtures/made-run';
import { rewardOfV2 } from './reward-v2';
import { toolFaultOf, toolMixOf, toolUsesOf } from './tool-use';

const told = (stdout: string, stderr = ''): string =>
  `Code execution result:\nstdout:\n\`\`\`\n${stdout}\n\`\`\`\n\nstderr:\n\`\`\`\n${stderr}\n\`\`\``;

interface Called {
  readonly tool?: string;
  readonly code?: string;
  readonly said?: string;
  readonly shows?: boolean;
}

/** A finished run with those calls between its question and its answer. */
async function runWith(calls: readonly Called[]): Promise<Trajectory> {
  const run = await madeRun([answer('It says K7.', 'K7')]);
  const steps = calls.flatMap(({ tool = 'python', code, said = told(''), shows = false }, at): Trajectory['steps'] => {
    const base = { turn: at + 1, span: null, tokens: [], callId: `c${at}` };
    const call: StepOf<'call'> = {
      ...base,
      type: 'call',
      tool,
      written: code ?? '{}',
      input: code === undefined ? {} : { code },
      label: '',
      state: 'read',
      asked: null,
      place: null,
    };
    const parts = [{ text: said }, ...(shows ? [{ picture: run.pictures[0]!.id, seen: null }] : [])];
    return [call, { ...base, type: 'result', parts, refused: null }];
  });
  return { ...run, steps: [...steps, ...run.steps] };
}

describe('tool use', () => {
  it.each([
    ['crop', { code: 'image_1.crop((1, 2, 3, 4))', shows: true }],
    ['crop', { code: 'part = img[200:400, 100:300]\nplt.imshow(part)', shows: true }],
    ['mark', { code: 'd = ImageDraw.Draw(image_1)\nd.rectangle((1, 2, 3, 4))', shows: true }],
    ['mark', { code: 'ax.add_patch(patches.Rectangle((1, 2), 3, 4))', shows: true }],
    ['numeric', { code: 'total = 12.5 * 3\nprint(total)', said: told('37.5') }],
    ['numeric', { code: 'print(sum([1, 2]))', said: told('3') }],
    ['other-code', { code: 'plt.plot([1, 2], [a * 2 for a in b])', shows: true }],
    ['other-code', { code: 'print("hello")', said: told('hello') }],
    ['other-code', { code: '# crop it: image_1.crop((1, 2, 3, 4))\nprint("no")', said: told('no') }],
    ['image-search', { tool: 'image_search' }],
    ['text-search', { tool: 'search' }],
    ['other', { tool: 'rotate' }],
  ] as const)('%s: %j', async (is, call) => {
    expect(toolUsesOf(await runWith([call])).map((use) => use.is)).toEqual([is]);
  });

  it('of a zoom is a crop, and a mix counts each class', async () => {
    const uses = toolUsesOf(await madeRun([look('Small.', '100, 100, 200, 200'), answer('It says K7.', 'K7')]));
    expect(uses).toEqual([{ step: 1, is: 'crop', error: null, placeholder: false }]);
    expect(toolMixOf([...uses, ...uses])).toMatchObject({ crop: 2, mark: 0, 'text-search': 0 });
  });

  it('names what code raised, wherever its environment wrote it', async () => {
    const raised = 'Traceback (most recent call last):\n  File "<cell>", line 1\nZeroDivisionError: division by zero';
    const run = await runWith([
      { code: '1 / 0', said: told('', raised) },
      { code: '1 / 0', said: raised },
      { code: 'print("ValueError: is what it says")', said: told('ValueError: is what it says') },
    ]);
    const error = 'ZeroDivisionError: division by zero';
    expect(toolUsesOf(run).map((use) => use.error)).toEqual([error, error, null]);
  });
});

describe('placeholder code', () => {
  it.each([
    '# The answer can be read from the picture.',
    '"""No code is needed."""',
    'pass  # nothing',
    '\n\n  # a\n...\n',
  ])('does nothing: %j', async (code) => {
    expect(isIdle(code)).toBe(true);
    expect(toolUsesOf(await runWith([{ code }]))[0]?.placeholder).toBe(true);
  });

  it.each(['x = 1', 'print(1)', 'import math', '# a\nimage_1.crop((1, 2, 3, 4))', 'x = """a"""'])(
    'is not what does something: %j',
    async (code) => {
      expect(toolUsesOf(await runWith([{ code }]))[0]?.placeholder).toBe(false);
    },
  );

  it('is not code that was told of', async () => {
    expect(toolUsesOf(await runWith([{ code: '# a', said: told('something') }]))[0]?.placeholder).toBe(false);
    expect(toolUsesOf(await runWith([{ code: '# a', shows: true }]))[0]?.placeholder).toBe(false);
  });
});

describe('output', () => {
  const outputOf = (...texts: readonly string[]) =>
    codeOutput({
      type: 'result',
      callId: 'c',
      parts: texts.map((text) => ({ text })),
      refused: null,
      turn: 1,
      span: null,
      tokens: [],
    });

  it('is read out of the words of DeepEyesV2’s environment, with pictures or without', () => {
    expect(outputOf(told('a\nb', 'oh'))).toEqual({ stdout: 'a\nb', stderr: 'oh' });
    expect(outputOf(`${told('a')}\n\nImages:\n`)).toEqual({ stdout: 'a', stderr: '' });
    expect(outputOf(told(''))).toEqual({ stdout: '', stderr: '' });
  });

  it('of any other is all of it', () => {
    expect(outputOf('42', 'and more')).toEqual({ stdout: '42\nand more', stderr: '' });
    expect(errorIn({ stdout: '42', stderr: '' })).toBeNull();
  });
});

describe('why a run went wrong', () => {
  const LOOK = look('Small.', '100, 100, 200, 200');
  const sought = async (turns: readonly string[], share: readonly [number, number]): Promise<Trajectory> => {
    const run = await madeRun(turns);
    const { id, width, height } = run.pictures[0]!;
    const [from, to] = share;
    const box = { x1: from * width, y1: from * height, x2: to * width, y2: to * height };
    const places = [{ label: 'tag', place: { picture: id, box } }];
    return { ...run, truth: { answers: ['K8'], options: null, places } } as Trajectory;
  };

  it.each([
    ['analysis', [LOOK, answer('It says K7.', 'K7')], [0.12, 0.18]],
    ['execution', [LOOK, answer('It says K7.', 'K7')], [0.7, 0.8]],
    ['choice', [answer('It says K7.', 'K7')], [0.1, 0.2]],
  ] as const)('%s', async (fault, turns, share) => {
    const run = await sought(turns, share);
    expect(toolFaultOf(run, false)).toBe(fault);
    expect(toolFaultOf(run, true)).toBeNull();
    expect(toolFaultOf(run, null)).toBeNull();
  });

  it('code that failed last is its execution, and without a place nothing else can be told', async () => {
    const raised = told('', 'Traceback (most recent call last):\nNameError: name x');
    expect(toolFaultOf(await runWith([{ code: 'x', said: raised }]), false)).toBe('execution');
    expect(toolFaultOf(await runWith([{ code: 'print(1)', said: told('1') }]), false)).toBeNull();
  });
});

describe('DeepEyesV2’s reward, on the cases of its code', () => {
  const right = answer('It says K7.', 'K7');
  const v2 = async (turns: readonly string[], judged: boolean, change: Partial<Trajectory> = {}) =>
    rewardOfV2({ ...(await madeRun(turns)), ...change }, judged);

  it('right and well formed 1, wrong 0.2, badly formed 0.8', async () => {
    expect(await v2([right], true)).toMatchObject({ total: 1, paper: 2, accuracy: 1, format: 1, searched: false });
    expect(await v2([right], false)).toMatchObject({ total: 0.2, paper: 1 });
    expect(await v2(['<think>|It says K7.|<answer>|K7|</answer>'], true)).toMatchObject({ total: 0.8, paper: 1 });
  });

  it('a search on a sample of search costs a tenth of the accuracy; elsewhere, and by code, nothing', async () => {
    const search = { system: 'deepeyes-v2', file: '', record: '', rule: '', kind: 'search' } as const;
    const searching = await runWith([{ tool: 'search' }]);
    expect(rewardOfV2({ ...searching, source: search }, true)).toMatchObject({ total: 0.92, searched: true });
    expect(rewardOfV2(searching, true)).toMatchObject({ total: 1, searched: false });
    const coding = await runWith([{ code: 'print(1)' }]);
    expect(rewardOfV2({ ...coding, source: search }, true)).toMatchObject({ total: 1, searched: false });
  });

  it('an answer of 300 characters is none', async () => {
    const long = `<think>|It says K7.|</think>|<answer>|${'K7 '.repeat(100)}|</answer>`;
    expect(await v2([long], true)).toMatchObject({ total: 0, accuracy: 0, format: 0 });
  });
});
