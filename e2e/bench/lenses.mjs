/**
 * `npm run lenses -- --data DIR`: what the lenses say of many runs. The shipped model answers each question that needs a look, greedily, on
 * WASM in Node; then each lens is laid on the run by the app's own code (lib/lenses). Results are written as they come: a command that is cut
 * off goes on from there. `--table` writes the numbers that docs/lenses.md and the app show.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, SetupError } from '../../scripts/install.mjs';
import { filesIn } from './files-in.mjs';
import { loadSource } from './load-source.mjs';
import { createImages, openModel } from './node-model.mjs';

const HELP = `npm run lenses -- --data DIR [options]

  --data DIR    folder of scenes, as npm run scenes writes it
  --limit N     questions that need a look, taken evenly over the set (120)
  --draws K     swaps of each kind (3)
  --part I/N    only every Nth question from the Ith on, so that several work at once; each with a file of its own
  --out FILE    a line of JSON a run, the run itself with its lenses in it (test-results/lenses.jsonl)
  --runs FILE   also writes the runs there, as the Sets page opens them
  --table FILE  also writes the means there, as JSON
  --as-is       measures nothing more: prints what FILE has
  --markdown    prints them as the tables of docs/lenses.md
`;

/** A hash as runs name files by, of a picture that is named otherwise. */
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        limit: { type: 'string', default: '120' },
        draws: { type: 'string', default: '3' },
        out: { type: 'string', default: join('test-results', 'lenses.jsonl') },
        part: { type: 'string', default: '1/1' },
        runs: { type: 'string' },
        table: { type: 'string' },
        'as-is': { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
      },
    });
    if (!values.data || !existsSync(values.data)) throw new Error('--data says where the scenes are.');
    const [limit, draws] = [Number(values.limit), Number(values.draws)];
    if (!(limit >= 1) || !(draws >= 1)) throw new Error('--limit and --draws are 1 or more.');
    const [part, parts] = values.part.split('/').map(Number);
    if (!(part >= 1 && part <= parts)) throw new Error('--part is like 1/3.');
    return { ...values, limit, draws, part, parts };
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
}

async function main() {
  const options = readArguments();
  const { runAgent, findDialect } = await loadSource('lib/agent/index.ts');
  const { foldEvent, answerOf } = await loadSource('lib/trajectory/index.ts');
  const { isRight } = await loadSource('lib/scene/index.ts');
  const { findOthers, LensError, measureAntiSd, measureBelief, measureContrast, measureFollow } =
    await loadSource('lib/lenses/index.ts');
  const { toKept } = await loadSource('lib/review/lenses/index.ts');
  const { lensTable, lensMarkdown } = await loadSource('e2e/bench/lens-table.ts');
  const { readDataSet } = await loadSource('lib/bench/read-data-set.ts');

  const paths = filesIn(options.data);
  const files = paths.map((path) => ({
    path: path.slice(options.data.length + 1),
    read: async () => new Blob([readFileSync(path)]),
  }));
  const { scenes } = await readDataSet(options.data, files);
  const all = scenes.flatMap((scene) =>
    scene.scene.questions.filter(({ needsZoom }) => needsZoom).map((question) => ({ scene, question })),
  );
  const every = Math.max(1, all.length / options.limit);
  const asked = Array.from(
    { length: Math.min(options.limit, all.length) },
    (_, at) => all[Math.floor(at * every)],
  ).filter((_, at) => at % options.parts === options.part - 1);

  const out = resolve(options.out);
  mkdirSync(dirname(out), { recursive: true });
  const read = existsSync(out) ? readFileSync(out, 'utf8').split('\n').filter(Boolean) : [];
  const done = new Map(read.map((line) => JSON.parse(line)).map((line) => [line.name, line]));
  const names = asked.map(({ scene, question }) => `${scene.name}/${question.id}`);

  if (!options['as-is'] && names.some((name) => !done.has(name))) {
    const { engine, card } = await openModel();
    const dialect = findDialect(card.dialect);
    const images = await createImages();
    const { signal } = new AbortController();
    const openScene = async (scene) => {
      const blob = await scene.readPicture();
      return images.open(blob, hashOf(Buffer.from(await blob.arrayBuffer())));
    };
    for (const [at, { scene, question }] of asked.entries()) {
      const name = names[at];
      if (done.has(name)) continue;
      images.forget();
      const source = await openScene(scene);
      let run = null;
      const order = {
        ...{ engine, images, card, device: 'wasm', now: () => performance.now(), signal },
        given: [{ source }, { text: question.question }],
        settings: { temperature: 0, topP: 1, topK: 0, seed: 0, maxTurns: 6, maxNewTokens: 96, tools: ['zoom'] },
      };
      for await (const event of runAgent(order)) run = foldEvent(run, event);
      const place = scenes.indexOf(scene);
      const others = [...scenes.slice(place + 1), ...scenes.slice(0, place)];
      const draws = [];
      const found = findOthers(run, others, options.draws);
      for (const { scene: other, question: asks, crop } of found) {
        draws.push({ source: await openScene(other), crop, question: asks.question, says: asks.accepted });
      }
      const means = {
        ...{ engine, images, card, dialect, signal, told: () => undefined },
        sourceOf: (hash) => (hash === source.ref.hash ? source : null),
      };
      const target = scene.scene.objects[question.targets[0]];
      const [x1, y1, x2, y2] = target.tagBox ?? target.box;
      const known = { accepted: question.accepted, place: { box: { x1, y1, x2, y2 }, label: target.noun } };
      const lenses = [];
      const milliseconds = {};
      const lay = async (kind, measure) => {
        const began = performance.now();
        try {
          lenses.push(toKept(kind, await measure()));
        } catch (error) {
          if (!(error instanceof LensError)) throw error;
        }
        milliseconds[kind] = Math.round(performance.now() - began);
      };
      await lay('follow', () => measureFollow(run, draws, means));
      await lay('contrast', () => measureContrast(run, draws, means));
      await lay('belief', () => measureBelief(run, question.accepted, means));
      await lay('antisd', () => measureAntiSd(run, known, means));
      const [picture] = run.pictures;
      const places = [{ label: target.noun, place: { picture: picture.id, box: { x1, y1, x2, y2 } } }];
      const truth = { answers: question.accepted, options: null, places };
      const right = isRight(answerOf(run) ?? '', question.accepted);
      const drawn = found.map((one) => ({ scene: one.scene.name, question: one.question.question, crop: one.crop }));
      const line = { name, kind: question.kind, right, milliseconds, draws: drawn, run: { ...run, truth, lenses } };
      done.set(name, line);
      appendFileSync(out, `${JSON.stringify(line)}\n`);
      process.stdout.write(`${at + 1} of ${asked.length}: ${name} ${right ? 'right' : 'wrong'}\n`);
    }
  }
  const measured = names.flatMap((name) => done.get(name) ?? []);
  if (options.runs) writeFileSync(options.runs, measured.map(({ run }) => `${JSON.stringify(run)}\n`).join(''));
  const table = lensTable(measured);
  if (options.table) writeFileSync(options.table, `${JSON.stringify(table, null, 2)}\n`);
  process.stdout.write(options.markdown ? lensMarkdown(table) : `${JSON.stringify(table)}\n`);
  process.exit(0);
}

await runMain(main);
