/**
 * `npm run bench:lenses`: how long each lens takes on the shipped model, on WASM in Node, against what prototypes took (one scoring pass an
 * alternative, one or two short generations). Golden scenes, a question that needs a look each; medians in seconds.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from '../../scripts/install.mjs';
import { loadSource } from './load-source.mjs';
import { createImages, openModel } from './node-model.mjs';

const GOLDEN = join(import.meta.dirname, '..', 'fixtures', 'golden');
const RUNS = 3;
const DRAWS = 3;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const seconds = (milliseconds) => (milliseconds / 1000).toFixed(2).padStart(8);

await runMain(async () => {
  const { runAgent, findDialect } = await loadSource('lib/agent/index.ts');
  const { foldEvent } = await loadSource('lib/trajectory/index.ts');
  const { parseScene } = await loadSource('lib/scene/index.ts');
  const { findOthers, measureAntiSd, measureBelief, measureContrast, measureFollow } =
    await loadSource('lib/lenses/index.ts');
  const scenes = Array.from({ length: 10 }, (_, at) => {
    const parsed = parseScene(JSON.parse(readFileSync(join(GOLDEN, `scene-${at}.json`), 'utf8')));
    if (!parsed.ok) throw new Error(parsed.problem);
    return { scene: parsed.scene, picture: readFileSync(join(GOLDEN, `scene-${at}.png`)), name: `scene-${at}` };
  });
  const { engine, card } = await openModel();
  const dialect = findDialect(card.dialect);
  const images = await createImages();
  const { signal } = new AbortController();
  const open = ({ picture, name }) => images.open(new Blob([picture]), name);
  const times = {};
  const passes = {};
  const asked = scenes.flatMap((scene) => {
    const question = scene.scene.questions.find(({ needsZoom, kind }) => needsZoom && kind === 'read-tag');
    return question ? [{ scene, question }] : [];
  });
  for (const { scene, question } of asked.slice(0, RUNS)) {
    const source = await open(scene);
    let run = null;
    const order = {
      ...{ engine, images, card, device: 'wasm', now: () => performance.now(), signal },
      given: [{ source }, { text: question.question }],
      settings: { temperature: 0, topP: 1, topK: 0, seed: 0, maxTurns: 6, maxNewTokens: 96, tools: ['zoom'] },
    };
    const take = async (name, work) => {
      const began = performance.now();
      await work();
      (times[name] ??= []).push(performance.now() - began);
    };
    await take('the run itself', async () => {
      for await (const event of runAgent(order)) run = foldEvent(run, event);
    });
    const found = findOthers(
      run,
      scenes.filter((one) => one !== scene),
      DRAWS,
    );
    const draws = [];
    for (const { scene: other, question: asks, crop } of found)
      draws.push({ source: await open(other), crop, question: asks.question, says: asks.accepted });
    const means = (name) => ({
      ...{ engine, images, card, dialect, signal },
      told: (_done, of) => (passes[name] = of),
      sourceOf: (hash) => (hash === source.ref.hash ? source : null),
    });
    const target = scene.scene.objects[question.targets[0]];
    const [x1, y1, x2, y2] = target.tagBox;
    const known = { accepted: question.accepted, place: { box: { x1, y1, x2, y2 }, label: target.noun } };
    await take('thought or picture', () => measureFollow(run, draws, means('thought or picture')));
    await take('contrast', () => measureContrast(run, draws, means('contrast')));
    await take('belief', () => measureBelief(run, question.accepted, means('belief')));
    await take('antisd', () => measureAntiSd(run, known, means('antisd')));
  }
  console.log(`${'lens'.padEnd(20)}${'seconds'.padStart(8)}${'passes'.padStart(8)}${'a pass'.padStart(8)}`);
  for (const [name, all] of Object.entries(times)) {
    const time = median(all);
    const count = passes[name];
    console.log(
      `${name.padEnd(20)}${seconds(time)}${String(count ?? '').padStart(8)}${count ? seconds(time / count) : ''}`,
    );
  }
  process.exit(0);
});
