/** Other code in a call, in each form in which models write it. */
import { describe, expect, it } from 'vitest';
import type { StepOf } from '@/lib/trajectory';
import { withOtherCode } from './write-code';

const call = (written: string, code: string): StepOf<'call'> => ({
  type: 'call',
  callId: 'c1',
  tool: 'python',
  written,
  input: { code },
  label: '',
  state: 'read',
  asked: null,
  place: null,
  turn: 1,
  span: null,
  tokens: [],
});

const CODE = 'a = "x"\nprint(a)';
const OTHER = 'print("y")\n';

describe('other code', () => {
  it.each([
    ['as it stands', CODE, OTHER],
    ['in a fence', `\n\`\`\`python\n${CODE}\n\`\`\`\n`, `\n\`\`\`python\n${OTHER}\n\`\`\`\n`],
    [
      'the last of two',
      `\`\`\`python\n${CODE}\n\`\`\`\n\`\`\`python\n${CODE}\n\`\`\``,
      `\`\`\`python\n${CODE}\n\`\`\`\n\`\`\`python\n${OTHER}\n\`\`\``,
    ],
    ['in XML', `<parameter=code>\n${CODE}\n</parameter>`, `<parameter=code>\n${OTHER}\n</parameter>`],
  ])('%s', (_, written, wanted) => {
    expect(withOtherCode(call(written, CODE), OTHER)).toBe(wanted);
  });

  it('in JSON is a text of JSON again', () => {
    const json = (code: string) => JSON.stringify({ name: 'run_python', arguments: { code } });
    expect(withOtherCode(call(json(CODE), CODE), OTHER)).toBe(json(OTHER));
  });

  it('set in as a whole takes the place of what the fence holds', () => {
    const written = '```python\n    a = 1\n    print(a)\n```';
    expect(withOtherCode(call(written, 'a = 1\nprint(a)'), OTHER)).toBe(`\`\`\`python\n${OTHER}\n\`\`\``);
  });

  it('is nowhere to put where the code is not found', () => {
    expect(withOtherCode(call('something else', CODE), OTHER)).toBeNull();
    expect(withOtherCode({ ...call(CODE, CODE), input: null }, OTHER)).toBeNull();
  });
});
