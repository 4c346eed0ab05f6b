/**
 * `npm run agreement -- --data DIR`: whether agreement tells that most are right. Each question of a folder of scenes is asked several times of the
 * shipped model, by chance and each time with a seed of its own, on WASM in Node; printed are the area under the curve and its
 * interval (lib/review/agreement.ts). Results are written as they come: a command that is cut off goes on from there.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runMain, SetupError } from '../../scripts/install.mjs';
import { filesIn } from './files-in.mjs';
import { loadSource } from './load-source.mjs';
import { createImages, openModel } from './node-model.mjs';
import { createRandom } from './random.mjs';

const HELP = `npm run agreement -- --data DIR [options]

  --data DIR         folder of scenes, as npm run scenes writes it
  --times N          how often each question is asked (5)
  --temperature T    1
  --limit N          questions, taken evenly over the set (300)
  --out FILE         a line of JSON a question (test-results/agreement.jsonl)
  --write            the page says this from now on (lib/review/agreement-measured.json)
`;
/** What the page says of it (lib/review/measured-agreement.ts). */
const MEASURED = join(import.meta.dirname, '..', '..', 'lib', 'review', 'agreement-measured.json');

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        times: { type: 'string', default: '5' },
        temperature: { type: 'string', default: '1' },
        limit: { type: 'string', default: '300' },
        out: { type: 'string', default: join('test-results', 'agreement.jsonl') },
        write: { type: 'boolean', default: false },
      },
    });
    if (!values.data || !existsSync(values.data)) throw new Error('--data says where the scenes are.');
    const [times, limit] = [Number(values.times), Number(values.limit)];
    if (!(times >= 2) || !(limit >= 1)) throw new Error('--times is 2 or more, --limit 1 or more.');
    return { ...values, times, limit, temperature: Number(values.temperature) };
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
}

async function main() {
  const options = readArguments();
  const { runAgent } = await loadSource('lib/agent/index.ts');
  const { foldEvent } = await loadSource('lib/trajectory/index.ts');
  const { areaUnderCurve, intervalOf, votesOf } = await loadSource('lib/review/index.ts');
  const { isRight } = await loadSource('lib/scene/index.ts');
  const { readDataSet } = await loadSource('lib/bench/read-data-set.ts');

  const paths = filesIn(options.data);
  const files = paths.map((path) => ({
    path: path.slice(options.data.length + 1),
    read: async () => new Blob([readFileSync(path)]),
  }));
  const { scenes } = await readDataSet(options.data, files);
  const all = scenes.flatMap((scene) => scene.scene.questions.map((question) => ({ scene, question })));
  const every = Math.max(1, all.length / options.limit);
  const asked = Array.from({ length: Math.min(options.limit, all.length) }, (_, at) => all[Math.floor(at * every)]);

  const { engine, card } = await openModel();
  const signal = new AbortController().signal;
  const images = await createImages();
  const once = async (source, question, seed) => {
    let run = null;
    const order = {
      ...{ engine, images, card, device: 'wasm', now: () => performance.now(), signal },
      given: [{ source }, { text: question }],
      settings: {
        temperature: options.temperature,
        topP: 1,
        topK: 0,
        seed,
        maxTurns: 6,
        maxNewTokens: 96,
        tools: ['zoom'],
      },
    };
    for await (const event of runAgent(order)) run = foldEvent(run, event);
    return run;
  };

  const out = resolve(options.out);
  mkdirSync(dirname(out), { recursive: true });
  const read = existsSync(out)
    ? readFileSync(out, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
  const done = new Map(read.map((line) => [line.name, line]));
  for (const [at, { scene, question }] of asked.entries()) {
    const name = `${scene.name}/${question.id}`;
    if (done.has(name)) continue;
    images.forget(); // one picture at a time
    const source = await images.open(await scene.readPicture(), scene.name);
    const runs = [];
    for (let time = 1; time <= options.times; time += 1) runs.push(await once(source, question.question, time * 1009));
    const { votes, agreement, pairs } = votesOf(runs);
    const right = isRight(votes[0]?.answer ?? '', question.accepted);
    const line = {
      name,
      agreement,
      pairs,
      right,
      votes: votes.map(({ answer, runs: { length } }) => [answer, length]),
    };
    done.set(name, line);
    appendFileSync(out, `${JSON.stringify(line)}\n`);
    process.stdout.write(`${at + 1} of ${asked.length}: ${name} ${agreement} ${right ? 'right' : 'wrong'}\n`);
  }

  const judged = asked.map(({ scene, question }) => done.get(`${scene.name}/${question.id}`)).filter(Boolean);
  const { below } = createRandom(1);
  const interval = intervalOf(judged, () => below(2 ** 31) / 2 ** 31);
  const summary = {
    questions: judged.length,
    times: options.times,
    temperature: options.temperature,
    majorityRight: judged.filter(({ right }) => right).length / judged.length,
    area: areaUnderCurve(judged),
    interval,
  };
  process.stdout.write(`${JSON.stringify(summary)}\n`);
  if (options.write)
    writeFileSync(MEASURED, `${JSON.stringify({ model: card.id, version: card.version, ...summary }, null, 2)}\n`);
  process.exit(0);
}

await runMain(main);
