/**
 * A library to try things on: runs on the gallery's pictures, looking at their tags, as many as wanted, always the same. They
 * are written to the page's own database in its newest version's shapes (lib/library/database.ts), so that a thousand take
 * no time.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', 'public', 'gallery');
const TAGS = ['to check', 'wrong', 'paper', 'favourites'];

const readJson = (name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));

function readPictures() {
  return readJson('index.json').pictures.map(({ image, width, height, scene, questions }) => {
    const bytes = readFileSync(join(FOLDER, image));
    const hash = createHash('sha256').update(bytes).digest('hex');
    return { image, width, height, questions, bytes: bytes.length, hash, objects: readJson(scene).objects };
  });
}

/** A square around a tag, inside the picture. */
function cropAround([x1, y1, x2, y2], { width, height }) {
  const side = Math.min(width, height, Math.max(160, (x2 - x1) * 4, (y2 - y1) * 4));
  const left = Math.round(Math.min(Math.max(0, (x1 + x2 - side) / 2), width - side));
  const top = Math.round(Math.min(Math.max(0, (y1 + y2 - side) / 2), height - side));
  return { x1: left, y1: top, x2: left + side, y2: top + side };
}

function makeRun(index, gallery, newest) {
  const picture = gallery[index % gallery.length];
  const asked = picture.questions[Math.floor(index / gallery.length) % picture.questions.length];
  const looks = (asked.targets ?? []).map((target) => picture.objects[target]).filter((object) => object?.tagBox);
  const createdAt = new Date(newest - index * 47 * 60_000).toISOString();
  const seen = { width: 256, height: 256, tokens: 64 };
  const pictures = [
    {
      id: 'p1',
      width: picture.width,
      height: picture.height,
      from: 'file',
      file: { hash: picture.hash, mimeType: 'image/webp', name: picture.image },
    },
  ];
  const span = (at) => ({ start: at * 100, end: at * 100 + 90 });
  const steps = looks.flatMap((object, look) => {
    const crop = cropAround(object.tagBox, picture);
    const view = `p${look + 2}`;
    pictures.push({
      id: view,
      width: crop.x2 - crop.x1,
      height: crop.y2 - crop.y1,
      from: 'view',
      of: 'p1',
      region: crop,
      turn: 0,
    });
    const callId = `call-${look + 1}`;
    const turn = look + 1;
    return [
      { type: 'think', text: `The ${object.noun} is small.`, turn, span: span(look * 3), tokens: [] },
      {
        type: 'call',
        callId,
        tool: 'zoom',
        written: '{}',
        input: {},
        label: object.noun,
        state: 'read',
        asked: { box: crop, frame: 'original-pixels' },
        place: { picture: 'p1', box: crop },
        turn,
        span: span(look * 3 + 1),
        tokens: [],
      },
      {
        type: 'result',
        callId,
        parts: [{ picture: view, seen }],
        refused: null,
        turn,
        span: span(look * 3 + 2),
        tokens: [],
      },
    ];
  });
  const turn = looks.length + 1;
  const last = steps.length;
  return {
    format: 'loupe-trajectory/2',
    id: `run-${String(index).padStart(4, '0')}`,
    title: asked.question,
    createdAt,
    updatedAt: createdAt,
    pictures,
    given: [{ picture: 'p1', seen }, { text: asked.question }],
    models: [{ id: 'loupe-nano', name: 'Loupe Nano', version: '1.0.0', device: 'wasm' }],
    dialect: 'nano-1',
    systemPrompt: 'Look.',
    settings: { temperature: 0, topP: 1, topK: 0, seed: 0, maxTurns: 4, maxNewTokens: 160, tools: ['zoom'] },
    steps: [...steps, { type: 'answer', text: asked.answer, turn, span: span(last), tokens: [] }],
    usage: [],
    status: 'done',
    stop: { reason: 'answer', message: '', code: null },
    parent: null,
    source: null,
    truth: null,
  };
}

/** `count` runs, newest first. Every third has a tag. */
export function makeRuns(count, newest = Date.parse('2026-11-20T18:00:00Z')) {
  const pictures = readPictures();
  return Array.from({ length: count }, (_, index) => {
    const trajectory = makeRun(index, pictures, newest);
    const tags = index % 3 === 1 ? [TAGS[Math.floor(index / 3) % TAGS.length]] : [];
    const calls = trajectory.steps.filter(({ type }) => type === 'call');
    const { id, title, createdAt, updatedAt, status } = trajectory;
    const [{ width, height, file }, ...crops] = trajectory.pictures;
    const summary = {
      id,
      title,
      question: title,
      answer: trajectory.steps.at(-1).text,
      createdAt,
      updatedAt,
      status,
      calls: calls.length,
      steps: trajectory.steps.length,
      bytes: pictures[index % pictures.length].bytes + JSON.stringify(trajectory).length,
      tags,
      boxes: crops.map(({ region: { x1, y1, x2, y2 } }, look) => ({
        turn: look + 1,
        x1: x1 / width,
        y1: y1 / height,
        x2: x2 / width,
        y2: y2 / height,
      })),
      parentId: null,
      imageHash: file.hash,
      files: [file.hash],
      imageName: file.name,
      aspect: width / height,
    };
    return { trajectory, summary };
  });
}

/** Into the database of the page's origin. The page has opened it once; whoever shows runs reloads. */
export async function seedRuns(page, runs) {
  await page.evaluate(async (given) => {
    const answer = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const pictures = new Map(given.map(({ summary }) => [summary.imageHash, summary.imageName]));
    const files = await Promise.all(
      [...pictures].map(async ([hash, name]) => ({ hash, bytes: await (await fetch(`/gallery/${name}`)).blob() })),
    );
    const database = await answer(indexedDB.open('loupe-library'));
    const change = database.transaction(['runs', 'summaries', 'images'], 'readwrite');
    for (const file of files) change.objectStore('images').put(file);
    for (const { trajectory, summary } of given) {
      change.objectStore('runs').put({ id: trajectory.id, trajectory });
      change.objectStore('summaries').put(summary);
    }
    await new Promise((resolve, reject) => {
      change.oncomplete = resolve;
      change.onabort = () => reject(change.error);
    });
    database.close();
  }, runs);
}
