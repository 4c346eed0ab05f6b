/**
 * What the canvas bench puts on the canvas: a 24-megapixel photograph-like JPEG drawn by the browser, and a kept run that
 * looked at it six times. The run is written to the page's own database and opened by its address, as any kept run is, so
 * that the boxes are the same on every machine and with every model. The format is docs/trajectory-format.md.
 */
import { createHash } from 'node:crypto';

export const SIZE = { width: 6000, height: 4000 };
export const RUN_ID = 'canvas-bench';

/** Executed crops, in pixels of the picture: spread out, of several sizes, two of them overlapping. */
const CROPS = [
  ['harbour', 600, 500, 1400, 1300],
  ['sign', 2300, 900, 2700, 1300],
  ['door', 2500, 1100, 3300, 1900],
  ['boat', 4300, 700, 5400, 1800],
  ['window', 1200, 2500, 1500, 2800],
  ['bell', 4100, 2600, 5000, 3500],
];

/** Colour that changes everywhere, thousands of shapes, fine grain: a JPEG of some megabytes, as a camera's is. */
export async function drawPicture(page) {
  const base64 = await page.evaluate(async ({ width, height }) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    const sky = context.createLinearGradient(0, 0, width, height);
    ['#274b73', '#d9a066', '#3f6b4f', '#20242e'].forEach((color, at) => sky.addColorStop(at / 3, color));
    context.fillStyle = sky;
    context.fillRect(0, 0, width, height);
    let seed = 1;
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed / 2 ** 32;
    };
    for (let shape = 0; shape < 4000; shape += 1) {
      context.fillStyle = `hsl(${random() * 360} 55% ${20 + random() * 60}% / 0.5)`;
      context.beginPath();
      context.arc(random() * width, random() * height, 4 + 90 * random() ** 3, 0, 7);
      context.fill();
    }
    const grain = new ImageData(500, 500);
    for (let at = 0; at < grain.data.length; at += 4) {
      grain.data.fill(random() * 255, at, at + 3);
      grain.data[at + 3] = 24;
    }
    const tile = new OffscreenCanvas(500, 500);
    tile.getContext('2d').putImageData(grain, 0, 0);
    context.fillStyle = context.createPattern(tile, 'repeat');
    context.fillRect(0, 0, width, height);

    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  }, SIZE);
  return Buffer.from(base64, 'base64');
}

function makeRun(jpeg) {
  const at = '2026-01-01T00:00:00.000Z';
  const seen = { width: 256, height: 256, tokens: 64 };
  const spend = (turn, kind) => ({ turn, span: { start: turn * 100 + kind * 30, end: turn * 100 + kind * 30 + 30 } });
  const file = { hash: createHash('sha256').update(jpeg).digest('hex'), mimeType: 'image/jpeg', name: 'bench.jpg' };
  const crops = CROPS.map(([, x1, y1, x2, y2], index) => {
    const region = { x1, y1, x2, y2 };
    return { id: `p${index + 2}`, width: x2 - x1, height: y2 - y1, from: 'view', of: 'p1', region, turn: 0 };
  });
  const looks = CROPS.flatMap(([label, x1, y1, x2, y2], index) => {
    // What was asked is smaller than what was cut out, so that both outlines show.
    const margin = (x2 - x1) / 8;
    const asked = { x1: x1 + margin, y1: y1 + margin, x2: x2 - margin, y2: y2 - margin };
    const callId = `call-${index + 1}`;
    return [
      { type: 'think', text: `The ${label} is small.`, tokens: [], ...spend(index + 1, 0) },
      {
        type: 'call',
        callId,
        tool: 'zoom',
        written: '',
        input: null,
        label,
        state: 'read',
        asked: { box: asked, frame: 'original-pixels' },
        place: { picture: 'p1', box: asked },
        tokens: [],
        ...spend(index + 1, 1),
      },
      {
        type: 'result',
        callId,
        parts: [{ picture: crops[index].id, seen }],
        refused: null,
        tokens: [],
        ...spend(index + 1, 2),
      },
    ];
  });
  return {
    format: 'loupe-trajectory/2',
    id: RUN_ID,
    title: 'Canvas bench',
    createdAt: at,
    updatedAt: at,
    pictures: [{ id: 'p1', ...SIZE, from: 'file', file }, ...crops],
    given: [{ picture: 'p1', seen }, { text: 'What is written on the bell?' }],
    models: [{ id: 'bench', name: 'Bench', version: '1', device: 'unknown' }],
    dialect: 'nano-1',
    systemPrompt: '',
    settings: { temperature: 0, topP: 1, topK: 0, seed: 0, maxTurns: 8, maxNewTokens: 128, tools: ['zoom'] },
    steps: [...looks, { type: 'answer', text: 'Nothing', tokens: [], ...spend(CROPS.length + 1, 0) }],
    usage: [],
    status: 'done',
    stop: { reason: 'answer', message: '', code: null },
    parent: null,
    source: null,
    truth: null,
  };
}

/**
 * Writes the run beside the picture; the page has opened its database by then.
 * @param forks how many runs there are that it was changed into
 * @returns how many boxes the run has
 */
export async function keepRun(page, jpeg, forks = 0) {
  const trajectory = makeRun(jpeg);
  await page.evaluate(
    async ({ trajectory, forks, base64 }) => {
      const answer = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const { file } = trajectory.pictures[0];
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const database = await answer(indexedDB.open('loupe-library'));
      const change = database.transaction(['runs', 'summaries', 'images'], 'readwrite');
      const runs = Array.from({ length: forks + 1 }, (_, at) =>
        at === 0
          ? trajectory
          : {
              ...trajectory,
              id: `${trajectory.id}-${at}`,
              parent: { runId: trajectory.id, steps: 1, change: { kind: 'box', json: null } },
            },
      );
      const lineOf = ({ id, title, createdAt, updatedAt, status, parent }) => ({
        ...{ id, title, question: '', answer: 'Nothing', createdAt, updatedAt, status, calls: 0 },
        ...{ parentId: parent?.runId ?? null, change: parent?.change.kind ?? null },
        ...{ imageHash: file.hash, files: [file.hash] },
      });
      await Promise.all([
        ...runs.flatMap((run) => [
          answer(change.objectStore('runs').put({ id: run.id, trajectory: run })),
          answer(change.objectStore('summaries').put(lineOf(run))),
        ]),
        answer(
          change.objectStore('images').put({ hash: file.hash, bytes: new Blob([bytes], { type: file.mimeType }) }),
        ),
      ]);
      database.close();
    },
    { trajectory, forks, base64: jpeg.toString('base64') },
  );
  return CROPS.length;
}
