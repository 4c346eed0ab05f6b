/** Each pattern's rule: runs that show it, and runs that nearly do. */
import { describe, expect, it } from 'vitest';
import { claimsOf } from './claims';
import { answer, look, madeRun } from './fixtures/made-run';
import { patternsOf, type PatternId } from './patterns';

const HERE = '100, 100, 200, 200';
const NEARLY_HERE = '120, 120, 220, 220';
const THERE = '600, 600, 700, 700';

type Made = Parameters<typeof madeRun>[1];

async function found(turns: readonly string[], made: Made = {}): Promise<readonly PatternId[]> {
  return patternsOf(await madeRun(turns, made)).map(({ id }) => id);
}

const READ = answer('The tag says K7.', 'K7');

describe('visual search', () => {
  it('looks at places apart from each other before it claims anything', async () => {
    const [pattern] = patternsOf(await madeRun([look('Where is it?', HERE), look('Not there.', THERE), READ]));
    expect(pattern).toEqual({ id: 'visual-search', looks: [1, 2], overlap: 0 });
  });

  it('is not one look, nor two at the same place', async () => {
    expect(await found([look('Small.', HERE), READ])).not.toContain('visual-search');
    expect(await found([look('Small.', HERE), look('Again.', NEARLY_HERE), READ])).not.toContain('visual-search');
  });

  it('is not a look closer at a part of what was looked at', async () => {
    expect(await found([look('It is on the left.', HERE), look('Closer.', '100, 100, 130, 140'), READ])).not.toContain(
      'visual-search',
    );
    // For the most part elsewhere: a fifth of it lies in the first.
    expect(await found([look('Small.', HERE), look('Beside.', '180, 100, 280, 200'), READ])).toContain('visual-search');
  });

  it('is not where the answer was claimed before the first look', async () => {
    const turns = [look('I think it is K7.', HERE), look('Not there.', THERE), READ];
    expect(await found(turns)).not.toContain('visual-search');
  });

  it('counts looks that were carried out, not calls that were refused', async () => {
    expect(await found([look('Small.', HERE), look('Out.', '5, 5, 5, 5'), READ])).toEqual([]);
  });
});

describe('visual comparison', () => {
  const question = 'Which has the larger number, the dog or the cat?';
  const turns = [look('Small.', HERE, 'dog'), look('The dog has 3.', THERE, 'cat'), answer('The cat has 9.', 'cat')];

  it('looks at things of different names where a comparison is asked for', async () => {
    const pattern = patternsOf(await madeRun(turns, { question })).find(({ id }) => id === 'visual-comparison');
    expect(pattern).toEqual({ id: 'visual-comparison', looks: [1, 2], labels: ['dog', 'cat'], word: 'larger' });
  });

  it('or where a thought compares', async () => {
    const thinks = [turns[0]!, look('The cat may have more.', THERE, 'cat'), answer('Yes.', 'cat')];
    expect(await found(thinks, { question: 'Who wins?' })).toContain('visual-comparison');
  });

  it('is not where nothing is compared, nor where the same thing is looked at twice', async () => {
    expect(await found(turns, { question: 'What do the tags say?' })).not.toContain('visual-comparison');
    const same = [look('Small.', HERE, 'the dog'), look('Again.', THERE, 'Dog'), answer('Yes.', 'cat')];
    expect(await found(same, { question })).not.toContain('visual-comparison');
  });
});

describe('visual confirmation', () => {
  const turns = [look('I think it is K7.', HERE), look('To be sure.', NEARLY_HERE), READ];

  it('looks again at the same thing, and stays with what it said', async () => {
    const [pattern] = patternsOf(await madeRun(turns));
    expect(pattern).toMatchObject({ id: 'visual-confirmation', looks: [1, 2], label: 'dog' });
    expect(pattern?.id === 'visual-confirmation' && pattern.overlap).toBeCloseTo(0.47, 2);
  });

  it('is not where the answer is another than was claimed on the way', async () => {
    const changed = [turns[0]!, turns[1]!, answer('The tag says X1.', 'X1')];
    expect(await found(changed)).toEqual(['hallucination-mitigation']);
  });

  it('is not where something else was looked at between, or was called something else', async () => {
    expect(await found([look('It is K7.', HERE), look('And?', THERE), look('Back.', NEARLY_HERE), READ])).toEqual([]);
    expect(await found([turns[0]!, look('To be sure.', NEARLY_HERE, 'cat'), READ])).toEqual([]);
  });

  it('is not where there is no answer', async () => {
    expect(await found([turns[0]!, turns[1]!, '<think>|I give up.|</think>'])).toEqual([]);
  });
});

describe('hallucination mitigation', () => {
  it('claims one thing, looks, and answers another', async () => {
    const question = 'What color is the tag on the dog?';
    const turns = [look('It is probably red, I look closer.', HERE), answer('The tag is blue.', 'blue')];
    expect(patternsOf(await madeRun(turns, { question }))).toEqual([
      { id: 'hallucination-mitigation', before: 'red', after: 'blue' },
    ]);
  });

  it('is not where the claim held, was put in other words, or was denied at once', async () => {
    expect(await found([look('I count 2 dots.', HERE), answer('I count two dots.', 'two')])).toEqual([]);
    expect(await found([look('It does not look red.', HERE), answer('The tag is blue.', 'blue')])).toEqual([]);
    expect(await found([look('It is not red.', HERE), answer('The tag is blue.', 'blue')])).toEqual([]);
  });

  it('is not where two things were claimed at once, nor where nothing was looked at', async () => {
    expect(await found([look('It is red. It is green.', HERE), answer('Blue.', 'blue')])).toEqual([]);
    expect(await found([answer('It is red. No, it is blue.', 'blue')])).toEqual([]);
  });
});

describe('what the shipped model says when it looks closer', () => {
  it('is no claim', async () => {
    for (const thought of [
      'The tag of the plane is too small to read.',
      'I need to look closer at the pizza.',
      'The tag on the octopus is too small. I look closer.',
      'The camera is at 110, 830.',
    ]) {
      const run = await madeRun([look(thought, HERE), answer('The tag says 241.', '241')]);
      expect(claimsOf(run)).toEqual([{ stepIndex: 3, value: '241' }]);
      expect(patternsOf(run)).toEqual([]);
    }
  });

  it('and names are never claimed', async () => {
    const run = await madeRun([look('The octopus has 89.', HERE), answer('The octopus has more.', 'octopus')]);
    expect(claimsOf(run)).toEqual([]);
  });
});

it('a run that is still going shows none', async () => {
  const run = await madeRun([look('Where?', HERE), look('Not there.', THERE), READ]);
  expect(patternsOf({ ...run, status: 'running' })).toEqual([]);
});
