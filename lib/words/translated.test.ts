/**
 * What the types do not see of another language: that its words take up all that English says, keep its marks, are none of English's,
 * and are set as that language is (docs/words.md).
 */
import { expect, it } from 'vitest';
import { en } from './en';
import { zh } from './zh';

type Taker = (...given: unknown[]) => unknown;
type Leaf = string | Taker;

interface Pair {
  readonly path: string;
  readonly english: Leaf;
  readonly other: Leaf | undefined;
}

/** Names, addresses and units: the same in every language. */
const SAME =
  /^(?:answer\.sheet\.(?:models|placeholder)|app\.titleOfPage|common\.product|image\.kinds\.pdf|library\.side\.keyList|formats\.(?:systems|page\.statistics\.meanIou)|servers\.(?:presets|wires|dialects|addressPlaceholder|wire)|models\.(?:form\.placeholder|list\.shipped|hub\.(?:label|names|tokenPlaceholder|addressPlaceholder)|hubModel\.(?:frame))|exports\.formats\.(?:\w+\.ending|(?:markdown|atif)\.name)|bench\.(?:plan\.zip|export\.|kinds\.vstar)|learn\.(?:curves\.iou|paper\.theirs)|settings\.answers\.top[PK]|trajectory\.(?:keys\.escape|code\.python)|review\.column\.tokens)/;
const SAME_WORDS = /WebGPU|WASM|IoU|Token|Loupe|scene\.json|https?:\/\/\S*|\b(?:px|MB|kB|token\/s)\b/g;

function* leavesOf(english: unknown, other: unknown, path = ''): Generator<Pair> {
  if (typeof english === 'string' || typeof english === 'function') {
    yield { path, english: english as Leaf, other: typeof other === typeof english ? (other as Leaf) : undefined };
    return;
  }
  for (const [key, inner] of Object.entries(english as Record<string, unknown>)) {
    const there = (other as Record<string, unknown> | undefined)?.[key];
    yield* leavesOf(inner, there, path === '' ? key : `${path}.${key}`);
  }
}

const pairs = [...leavesOf(en, zh)];
const wrongOf = (isWrong: (pair: Pair) => unknown) => pairs.filter(isWrong).map(({ path }) => path);

/** Of a function its names of parameters, in their order, and what it does with them; a form of plural is the language's own affair. */
function partsOf(words: Taker): { names: string[]; body: string } {
  const source = String(words).replace(/^function \w+|^\w+(?=\()/, '');
  const simple = /^(\w+)\s*=>/.exec(source);
  const end = simple ? simple[0].length : source.indexOf(')') + 1;
  const names = source.slice(0, end).match(/[a-z]\w*/gi) ?? [];
  return { names, body: source.slice(end).replace(/plural\((?:[^()]|\([^()]*\))*\)/g, '') };
}

const has = (text: string, name: string) => new RegExp(`\\b${name}\\b`).test(text);

/** What English says of what it is given, and the other language does not, or takes in another order. */
function unsaidOf(english: Taker, other: Taker): string[] {
  const from = partsOf(english);
  const to = partsOf(other);
  const said = from.names.filter((name) => has(from.body, name));
  const order = to.names.filter((name) => from.names.includes(name));
  const isOrdered = order.every(
    (name, at) =>
      from.names.indexOf(name) >= at &&
      (at === 0 || from.names.indexOf(name) > from.names.indexOf(order[at - 1] ?? '')),
  );
  return said.filter((name) => {
    const at = to.names.indexOf(name);
    // `{ tokens: count }` takes the one as the other.
    const bound = [name, to.names[at + 1] ?? name];
    return at === -1 || !isOrdered || !bound.some((one) => has(to.body, one));
  });
}

const SAMPLES = [3, 'K7', ['K7', 'K8'], true, null];

const SIZE = { width: 3, height: 4 };

/** Where made-up things do not do. */
const GIVEN: Readonly<Record<string, readonly unknown[]>> = {
  'bench.problems.other-size': [{ picture: SIZE, scene: SIZE }],
  'engine.problems.names-no-model': [{ address: 'K7', why: 'thinking' }],
  'image.problems.other-format': [{ kind: 'pdf' }],
  'library.when': ['2026-01-02T03:04:00Z', new Date('2026-01-02T03:04:00Z')],
};

/** What a function says of made-up things: of the first that it does not break on. */
function saidBy(words: Taker, given?: readonly unknown[]): string {
  if (given) return String(words(...given));
  const { names } = partsOf(words);
  const most = Math.min(names.length, 3);
  for (let at = 0; at < SAMPLES.length ** most; at += 1) {
    const given = names.map(
      (_, place) => SAMPLES[Math.floor(at / SAMPLES.length ** Math.min(place, 2)) % SAMPLES.length],
    );
    const takes = String(words).startsWith('({')
      ? [Object.fromEntries(names.map((name, place) => [name, given[place]]))]
      : given;
    try {
      const said = words(...takes);
      if (typeof said === 'string' && !/undefined|NaN|Invalid/.test(said)) return said;
    } catch {
      // The next.
    }
  }
  return '';
}

/** As it is drawn: a place between marks is taken for a name. */
const textOf = ({ path, other }: Pair) =>
  (typeof other === 'function' ? saidBy(other, GIVEN[path]) : (other ?? ''))
    .replace(/<[a-z]+\/>/g, 'K7')
    .replace(/<\/?[a-z]+>/g, '');
const marksOf = (words: Leaf | undefined) => [...new Set(String(words).match(/<\/?[a-z]+\/?>/g) ?? [])].sort().join();

it('has every word of English', () => {
  expect(wrongOf(({ other }) => other === undefined)).toEqual([]);
  expect(pairs.length).toBeGreaterThan(1000);
});

it('says what English says of what it is given', () => {
  const unsaid = pairs.flatMap(({ path, english, other }) =>
    typeof english === 'function' && typeof other === 'function'
      ? unsaidOf(english, other).map((name) => `${path}: ${name}`)
      : [],
  );
  expect(unsaid).toEqual([]);
});

it('has the marks of English', () => {
  expect(wrongOf(({ english, other }) => marksOf(english) !== marksOf(other))).toEqual([]);
});

it('says something of what each of its functions takes, so that the rest is looked at', () => {
  expect(wrongOf(({ path, other }) => typeof other === 'function' && saidBy(other, GIVEN[path]) === '')).toEqual([]);
});

it('holds no English', () => {
  const isEnglish = (pair: Pair) => {
    const text = textOf(pair).replace(SAME_WORDS, '');
    const words = /[a-z]{2,}(?:[ ,.]+[a-z]{2,}){2,}/i.test(text);
    return !SAME.test(pair.path) && (words || (!/\p{Script=Han}/u.test(text) && /[a-z]{3,}/i.test(text)));
  };
  expect(wrongOf(isEnglish)).toEqual([]);
});

/** What these are given is said in the language itself, or by Intl. */
const GIVEN_WORDS = new Set([
  'formats.page.sortBy',
  'formats.page.statistics.point',
  'learn.curves.fromTo',
  'models.formats.needs',
  'models.fit.reasons.lacks-features',
  'models.hubModel.allTheSame',
  'models.smaller.pictures',
  'review.reward.inaccurate',
  'share.moment',
  'share.own.expiresIn',
  'share.waitFor',
]);

const HAN = '\\p{Script=Han}';

it.each([
  [
    'half-width punctuation beside Chinese',
    new RegExp(`${HAN}[,;:?!()"]|[,;:?!()"]${HAN}|${HAN}\\.(?: |$)|\\.\\.\\.`, 'u'),
  ],
  ['no space between Chinese and Latin letters or figures', new RegExp(`${HAN}[A-Za-z0-9]|[A-Za-z0-9]${HAN}`, 'u')],
  ['a space beside full-width punctuation', /[，。；：？！、（）“”] | [，。；：？！、（）“”]/u],
  ['other quotation marks, or the polite form', /[「」『』‘’]|您/u],
])('has nowhere %s', (_, pattern) => {
  const found = pairs.filter((pair) => !GIVEN_WORDS.has(pair.path) && pattern.test(textOf(pair)));
  expect(found.map((pair) => `${pair.path}: ${textOf(pair)}`)).toEqual([]);
});

it('each check finds what it is there for', () => {
  const named = (name: string, count: number) => `${name} ${count}`;
  expect(unsaidOf(named as Taker, ((name: string) => name) as Taker)).toEqual(['count']);
  expect(unsaidOf(named as Taker, ((count: string, name: number) => `${name} ${count}`) as Taker)).toEqual([
    'name',
    'count',
  ]);
  expect(unsaidOf(named as Taker, ((name: string, count: number) => `${count}：${name}`) as Taker)).toEqual([]);
  expect(marksOf('a <link>b</link>')).not.toBe(marksOf('甲 <link>乙'));
  expect(saidBy(((list: readonly string[]) => list.join()) as Taker)).toBe('K7,K8');
});
