/**
 * `npm run realx`: draws the questions and the collection that ship in RealX-Bench's layout (public/realx) over the gallery's scenes, or prints
 * the columns of a measurement beside the paper's. Whatever has to be searched for was drawn, so that no weights can know it.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSource } from '../e2e/bench/load-source.mjs';
import { ROOT, runMain, SetupError } from './install.mjs';

const HELP = `npm run realx -- [options]

  --results FILE   prints the columns of RealX-Bench for a results.jsonl (of /bench or of npm run eval),
                   beside the paper's
  --out DIR        writes the set as a folder of its own with its pictures and collection, for
                   npm run eval -- --data DIR, or another system
  --write          draws the set anew into public/realx (the same seed, the same set)
  --seed S         what is drawn with --out or --write (511)
`;

const GALLERY = join(ROOT, 'public/gallery');
const SHIPPED = join(ROOT, 'public/realx');
const SEED = 511;

/** How many of each, by what they need: perception, search, reasoning; `picture`: search with the picture itself. */
const COUNTS = { P: 12, S: 8, picture: 8, R: 8, PS: 14, PR: 10, SR: 10, PSR: 22 };

/** What a record says of a code: asked for by `asks`, told by `tells`, and compared by `apart`. */
const REGISTERS = [
  {
    domain: 'Daily Life',
    name: 'Harbor Street repair shop',
    values: [101, 999],
    tells: (code, value) => `Ticket ${code}: cleaned, mended and returned. The repair cost ${value} coins.`,
    asks: (what) => `At the Harbor Street repair shop, how many coins did the repair with ${what} cost?`,
    apart: (a, b) => `At the Harbor Street repair shop, by how many coins do the repairs with ${a} and ${b} differ?`,
    word: 'ticket',
  },
  {
    domain: 'Media',
    name: 'Northlight film props',
    values: [12, 899],
    tells: (code, value) => `Prop ${code}: kept in the long store. It was first seen in episode ${value}.`,
    asks: (what) => `In which episode was the Northlight prop with ${what} first seen? Give the number.`,
    apart: (a, b) => `How many episodes lie between the first appearances of the Northlight props with ${a} and ${b}?`,
    word: 'prop code',
  },
  {
    domain: 'Sports',
    name: 'Eastbay athletic club',
    values: [103, 987],
    tells: (code, value) =>
      `Locker ${code}: its holder trains on the upper track and scored ${value} points last season.`,
    asks: (what) => `How many points did the holder of the Eastbay club locker with ${what} score last season?`,
    apart: (a, b) =>
      `By how many points do the holders of the Eastbay club lockers with ${a} and ${b} differ last season?`,
    word: 'locker code',
  },
  {
    domain: 'Knowledge',
    name: 'Saltmarsh museum inventory',
    values: [1502, 1998],
    tells: (code, value) => `Item ${code}: on loan, in good condition. It was acquired in the year ${value}.`,
    asks: (what) => `In which year did the Saltmarsh museum acquire the item with ${what}?`,
    apart: (a, b) => `How many years lie between the acquisitions of the Saltmarsh museum items with ${a} and ${b}?`,
    word: 'inventory code',
  },
  {
    domain: 'Games',
    name: 'Lanternfall tokens',
    values: [105, 995],
    tells: (code, value) => `Token ${code}: placed face down at the start. It is worth ${value} points at the end.`,
    asks: (what) => `How many points is the Lanternfall token with ${what} worth at the end?`,
    apart: (a, b) => `By how many points do the Lanternfall tokens with ${a} and ${b} differ at the end?`,
    word: 'token code',
  },
];

/** mulberry32: the same everywhere. */
function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    shuffled(list) {
      const copy = [...list];
      for (let at = copy.length - 1; at > 0; at -= 1) {
        const other = Math.floor(next() * (at + 1));
        [copy[at], copy[other]] = [copy[other], copy[at]];
      }
      return copy;
    },
  };
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Scenes of the gallery with what can be asked of them. */
function scenesOf(random) {
  const { pictures } = readJson(join(GALLERY, 'index.json'));
  const registers = random.shuffled(pictures.map((_, at) => REGISTERS[at % REGISTERS.length]));
  return pictures.map(({ title, image, thumbnail, scene }, at) => {
    const { objects } = readJson(join(GALLERY, scene));
    const once = objects.filter(({ noun }) => objects.filter((other) => other.noun === noun).length === 1);
    const register = registers[at];
    const coded = once
      .filter(({ tag, tagKind }) => tagKind === 'text' && tag.length > 1)
      .map(({ noun, tag }) => ({ noun, code: tag, value: random.whole(...register.values) }));
    const numbered = once
      .filter(({ tagKind }) => tagKind === 'number')
      .map(({ noun, tag }) => ({ noun, value: Number(tag) }));
    return {
      title,
      image,
      thumbnail,
      register,
      coded,
      numbered,
      objects: objects.length,
      room: random.whole(101, 989),
    };
  });
}

function pairsOf(list) {
  return list.flatMap((a, at) => list.slice(at + 1).map((b) => [a, b]));
}

const onTag = ({ word }, { noun }) => `the ${word} on the tag of the ${noun}`;
const named = ({ word }, { code }) => `the ${word} ${code}`;

/** Everything that could be asked of each kind. */
function askable(scenes, random) {
  const each = (make) => scenes.flatMap((scene) => make(scene).map((question) => ({ scene, ...question })));
  const ask = (query, answer) => ({ query, answer: String(answer) });
  return {
    P: each(({ coded }) => coded.map(({ noun, code }) => ask(`What is written on the tag of the ${noun}?`, code))),
    S: each(({ coded, register }) => coded.map((one) => ask(register.asks(named(register, one)), one.value))),
    picture: each(({ room }) => [ask('In which room of the Tidewater gallery does this picture hang?', room)]),
    R: each(({ objects }) => {
      const times = random.whole(6, 19);
      return [
        ask(
          `Each drawn thing in this picture, tags left out, gets ${times} stickers. How many stickers is that?`,
          objects * times,
        ),
      ];
    }),
    PS: each(({ coded, register }) => coded.map((one) => ask(register.asks(onTag(register, one)), one.value))),
    PR: each(({ numbered }) =>
      pairsOf(numbered).map(([a, b]) =>
        ask(`What is the sum of the numbers on the tags of the ${a.noun} and the ${b.noun}?`, a.value + b.value),
      ),
    ),
    SR: each(({ coded, register }) =>
      pairsOf(coded).map(([a, b]) =>
        ask(register.apart(named(register, a), named(register, b)), Math.abs(a.value - b.value)),
      ),
    ),
    PSR: each(({ coded, register }) =>
      pairsOf(coded).map(([a, b]) =>
        ask(register.apart(onTag(register, a), onTag(register, b)), Math.abs(a.value - b.value)),
      ),
    ),
  };
}

/** As many of different pictures as there are, before any picture has a second. */
function spread(list, count, random) {
  const waiting = random.shuffled(list);
  const picked = [];
  while (picked.length < count && waiting.length > 0) {
    const used = new Set(picked.slice(-Math.min(picked.length, 20)).map(({ scene }) => scene.image));
    const fresh = waiting.findIndex(({ scene }) => !used.has(scene.image));
    picked.push(...waiting.splice(Math.max(0, fresh), 1));
  }
  return picked;
}

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ23456789';

/** Records that no picture asks for: codes that are one character off. */
function strangersOf(scenes, random) {
  const taken = new Set(scenes.flatMap(({ coded }) => coded.map(({ code }) => code)));
  return scenes.flatMap(({ coded, register }) =>
    coded.flatMap(({ code }) => {
      const at = random.whole(0, code.length - 1);
      const like = code.slice(0, at) + LETTERS[random.whole(0, LETTERS.length - 1)] + code.slice(at + 1);
      if (taken.has(like)) return [];
      taken.add(like);
      return [{ register, code: like, value: random.whole(...register.values) }];
    }),
  );
}

export function drawRealX(seed = SEED) {
  const random = randomFrom(seed);
  const scenes = scenesOf(random);
  const all = askable(scenes, random);
  const needs = (kind, letter) => Number(kind === 'picture' ? letter === 'S' : kind.includes(letter));
  const questions = Object.entries(COUNTS).flatMap(([kind, count]) =>
    spread(all[kind], count, random).map(({ scene, query, answer }) => ({
      image: scene.image,
      query,
      answer,
      perception: needs(kind, 'P'),
      search: needs(kind, 'S'),
      reason: needs(kind, 'R'),
      domain: kind === 'picture' ? 'Media' : scene.register.domain,
    })),
  );
  const records = [
    ...scenes.flatMap(({ register, coded }) => coded.map((one) => ({ register, ...one }))),
    ...strangersOf(scenes, random),
  ].map(({ register, code, value }) => ({
    url: `loupe://realx/${register.name.toLowerCase().replaceAll(' ', '-')}/${code.toLowerCase()}`,
    title: `${register.name}: ${code}`,
    text: register.tells(code, value),
  }));
  const shown = scenes.map(({ title, thumbnail, room }) => ({
    url: `loupe://realx/tidewater-gallery/${title.toLowerCase().replaceAll(' ', '-')}`,
    title: `${title}, Tidewater gallery`,
    caption: `${title}. The picture hangs in room ${room} of the Tidewater gallery.`,
    image: thumbnail,
  }));
  // In an order that says nothing.
  return { questions, collection: random.shuffled([...records, ...shown]) };
}

const linesOf = (rows) => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`;

function write(folder, { questions, collection }) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'questions.jsonl'), linesOf(questions));
  writeFileSync(join(folder, 'collection.jsonl'), linesOf(collection));
}

function writeFolder(folder, set) {
  mkdirSync(join(folder, 'collection'), { recursive: true });
  writeFileSync(join(folder, 'questions.jsonl'), linesOf(set.questions));
  for (const image of new Set(set.questions.map(({ image }) => image)))
    copyFileSync(join(GALLERY, image), join(folder, image));
  for (const { image } of set.collection.filter((row) => row.image)) {
    copyFileSync(join(GALLERY, image), join(folder, 'collection', image));
  }
  writeFileSync(join(folder, 'collection', 'collection.jsonl'), linesOf(set.collection));
}

async function printResults(path) {
  if (!existsSync(path)) throw new SetupError(`There is no file ${path}.`);
  const { columnsOf, rowsOfLines, textOf } = await loadSource('lib/bench/realx.ts');
  const rows = rowsOfLines(readFileSync(path, 'utf8'));
  if (rows.length === 0) throw new SetupError(`${path} holds no result with the labels of RealX-Bench.`);
  console.log(textOf(columnsOf(rows)));
}

async function main() {
  const { values } = parseArgs({
    options: {
      results: { type: 'string' },
      out: { type: 'string' },
      write: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(SEED) },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help || !(values.results || values.out || values.write)) return console.log(HELP);
  if (!/^\d{1,9}$/.test(values.seed)) throw new SetupError('--seed is a whole number from 0.');
  if (values.results) return printResults(resolve(values.results));
  const set = drawRealX(Number(values.seed));
  if (values.out) writeFolder(resolve(values.out), set);
  if (values.write) write(SHIPPED, set);
  console.log(`${set.questions.length} questions, ${set.collection.length} records and pictures to search.`);
}

if (process.argv[1]?.endsWith('realx.mjs')) await runMain(main);
