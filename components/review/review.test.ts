/** What the review says, word by word, and where its known answers come from. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sceneOfPicture, withScene, parseScene } from '@/lib/scene';
import { hasTools, patternsOf, rewardOf, type KnownAnswer } from '@/lib/review';
import { answer, look, madeRun } from '@/lib/review/fixtures/made-run';
import { goldenRun } from '@/lib/trajectory/fixtures/golden-run';
import { review } from '@/lib/words/en/review';
import { knownScene } from './known-scene';
import { becauseOf } from './pattern-words';
import { formatReward, rewardSum, termWords } from './reward-words';
import { timesDiffer } from './times-differ';

const KNOWN: KnownAnswer = { kind: 'read-tag', answer: 'K7', accepted: ['K7', 'k-7'], needsZoom: true };
const { reward: words, patterns } = review;
const LOOK = look('The tag is too small.', '100, 100, 200, 200');

const rewarded = async (turns: readonly string[]) => {
  const reward = rewardOf(await madeRun(turns), KNOWN.accepted);
  if (!reward) throw new Error('the run did not end');
  return reward;
};

describe('a reward in words', () => {
  it('is a sum with true minus signs', async () => {
    expect(formatReward(-0.2)).toBe('−0.2');
    expect(rewardSum(words, (await rewarded([LOOK, answer('K7.', 'K7')])).code)).toBe(
      '0.8 accuracy + 0.0 format + 1.2 tool',
    );
    expect(rewardSum(words, (await rewarded([LOOK, '<think>|K7.|<answer>|K7|</answer>'])).code)).toBe(
      '0.8 accuracy − 0.2 format + 1.2 tool',
    );
  });

  it('says of each term why it came out so', async () => {
    const right = termWords(words, await rewarded([LOOK, answer('K7.', 'K7')]), KNOWN);
    expect(right.accuracy).toBe(words.accuracy('“K7” or “k-7”'));
    expect(right.tool).toBe(words.tool.looked);
    expect(termWords(words, await rewarded([LOOK, answer('K7.', 'K7')]), { ...KNOWN, needsZoom: false }).tool).toBe(
      words.tool['looked-needlessly'],
    );
    expect(termWords(words, await rewarded([answer('K7.', 'K7')]), KNOWN).tool).toBe(words.tool['no-look']);
    expect(termWords(words, await rewarded([LOOK, answer('X.', 'X')]), KNOWN)).toMatchObject({
      accuracy: words.inaccurate('“K7” or “k-7”'),
      tool: words.tool['looked-wrong'],
    });
  });
});

it('a pattern names its rule and what in the run made it fire', async () => {
  const question = 'Which is larger, the dog or the cat?';
  const turns = [LOOK, look('And the cat.', '600, 600, 700, 700', 'cat'), answer('The dog.', 'dog')];
  expect(
    patternsOf(await madeRun(turns, { question })).map((pattern) => [
      patterns.named[pattern.id].name,
      becauseOf(patterns, pattern),
    ]),
  ).toEqual([
    ['Visual search', 'Looks 1 and 2 overlap by 0.00, and nothing was claimed before them.'],
    ['Visual comparison', 'Look 1 is at “dog”, look 2 at “cat”, and a word compares them: “larger”.'],
  ]);
});

it('a run whose settings nobody told could look where it did', () => {
  const imported = goldenRun('7-without-tokens-or-times');
  expect(imported.settings).toBeNull();
  expect(hasTools(imported)).toBe(true);
  expect(hasTools({ ...imported, steps: imported.steps.filter(({ type }) => type === 'answer') })).toBe(false);
});

it('times are said not to compare where they do not', async () => {
  const a = await madeRun([LOOK, answer('K7.', 'K7')]);
  const b = { ...a, createdAt: '2100-01-01T00:00:00.000Z' };
  const cached = { ...b, usage: b.usage.map((usage) => ({ ...usage, imagesEncoded: 0 })) };
  expect(timesDiffer(a, b)).toBeNull();
  expect(timesDiffer(cached, a)).toBe('encoded');
  expect(timesDiffer(a, { ...b, models: [{ ...b.models[0]!, device: 'webgpu' }] })).toBe('devices');
  expect(timesDiffer(a, { ...b, models: [{ ...b.models[0]!, version: '2' }] })).toBe('models');
  expect(timesDiffer(a, { ...cached, status: 'running' })).toBeNull();
});

describe('the questions whose answers are known', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** The app's own files, as its server would hand them out. */
  const serve = () => {
    const fetched = vi.fn(async (url: string) => {
      try {
        return new Response(readFileSync(`public${url}`));
      } catch {
        return new Response('', { status: 404 });
      }
    });
    vi.stubGlobal('fetch', fetched);
    return fetched;
  };
  const webp = (hash: string) => ({ hash, mimeType: 'image/webp' });
  const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

  it('are those of every picture of the gallery, by the hash of its file', async () => {
    serve();
    const { pictures } = JSON.parse(readFileSync('public/gallery/index.json', 'utf8')) as {
      pictures: { image: string; questions: { question: string; accepted: string[] }[] }[];
    };
    for (const { image, questions } of pictures) {
      const known = await knownScene(webp(hashOf(`public/gallery/${image}`)), null);
      expect(known).toMatchObject({ own: false, scene: { questions } });
    }
  });

  it('are those in the picture itself, before any other; nothing is fetched for them', async () => {
    const fetched = serve();
    const parsed = parseScene(JSON.parse(readFileSync('public/gallery/dunes.json', 'utf8')));
    if (!parsed.ok) throw new Error(parsed.problem);
    const picture = await withScene(new Blob([readFileSync('e2e/fixtures/golden/scene-1.png')]), parsed.scene);
    expect(await sceneOfPicture(picture)).not.toBeNull();
    expect(await knownScene({ hash: '1'.repeat(64), mimeType: 'image/png' }, picture)).toEqual({
      own: true,
      scene: parsed.scene,
    });
    expect(fetched).not.toHaveBeenCalled();
  });

  it('are none for any other picture, and none where the gallery cannot be read', async () => {
    const fetched = serve();
    expect(await knownScene({ hash: '2'.repeat(64), mimeType: 'image/png' }, null)).toBeNull();
    expect(fetched).not.toHaveBeenCalled(); // the gallery has no such file, whatever its hash
    expect(await knownScene(webp('2'.repeat(64)), new Blob(['no picture']))).toBeNull();
    expect(fetched).toHaveBeenCalledOnce();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    expect(await knownScene(webp('3'.repeat(64)), null)).toBeNull();
  });
});
