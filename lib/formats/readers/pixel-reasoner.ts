/**
 * Pixel-Reasoner: `conv.json` (`[messages, prompt, pictures as text]`, pictures `iter{k}.jpg` beside it), and samples of its evaluation, one a
 * line. Boxes are fractions where all four numbers are below 1, else pixels; a tenth of the picture is added on each side. `target_image`
 * counts all pictures from 1; the last call of a turn is carried out, and only where the turn ends with it.
 */
import type { Json } from '@/lib/trajectory';
import { messageOfTurn, turnsOfText } from '../chat-markup';
import type { Format, PictureFinder, PictureName, Read, Reading, Where } from '../contract';
import { isReasonerFraction, pixelReasoner, pixelReasonerZoomIn } from '../crops';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { isMessage, wordsIn, type Message } from '../message';
import { messagesOf } from '../message-list';
import { pictureByNumber, tellMessages } from '../messages';
import { buildRun, type RunBuilder } from '../run-builder';

/** A record of the three things a conv.json is a list of. */
const isConv = (record: Json): record is readonly Json[] =>
  isList(record) && record.length >= 2 && isList(record[0] ?? null) && typeof record[1] === 'string';

const isSample = (record: Json): record is JsonObject =>
  isObject(record) &&
  ('qids' in record || 'qid' in record) &&
  ('round0_correctness' in record || 'solutions' in record || 'match' in record);

export const pixelReasonerConv: Format = {
  id: 'pixel-reasoner',
  unit: 'file',
  // A file that is a list is read entry by entry: its first is the messages.
  is: (record, { file }) =>
    isConv(record) || (/(?:^|\/)conv\.json$/.test(file) && isList(record) && isMessage(record[0])),
  rules: ['training'],
  async *read(records, where, finder, reading) {
    const [first = null] = records;
    const messages = messagesOf(isConv(first) ? (first[0] ?? null) : first);
    yield await readConversation({}, messages, where, finder, reading);
  },
};

export const pixelReasonerSample: Format = {
  id: 'pixel-reasoner',
  unit: 'record',
  is: isSample,
  rules: ['training'],
  async *read([record = null], where, finder, reading) {
    if (!isObject(record)) return;
    const question = textOf(record['questions'] ?? record['question']);
    const solution = textOf(record['solutions'] ?? record['response'] ?? record['solution']);
    // Evaluations keep the whole text, with the template's marks; others the model's words alone.
    const asked = turnsOfText(question, 'user').map((turn) => messageOfTurn(turn));
    const said = turnsOfText(solution, 'assistant').map((turn) => messageOfTurn(turn));
    const messages = [...asked, ...said];
    yield await readConversation(record, messages.length > 0 ? messages : null, where, finder, reading);
  },
};

async function readConversation(
  record: JsonObject,
  messages: readonly Message[] | null,
  where: Where,
  finder: PictureFinder,
  reading: Reading,
): Promise<Read> {
  if (!messages) return { problem: { code: 'no-messages' } };
  const run = buildRun({ where, system: 'pixel-reasoner', rule: 'training', dialect: 'pixel-reasoner' });
  const id = textOf(record['qids'] ?? record['qid']);
  const question = wordsIn(messages.find(({ role }) => role === 'user') ?? EMPTY);
  const zoomsIn = messages.some((message) => /"name"\s{0,4}:\s{0,4}"zoom_in"/.test(wordsIn(message)));
  const told = await tellMessages(framesCounted(messages, run), run, finder, {
    which: reading.call ?? 'last',
    plain: 'answer',
    userAnswers: true,
    frame: (box) => {
      if (reading.frame) return { frame: reading.frame, by: 'person' };
      if (isReasonerFraction(box)) return { frame: 'fractions', by: 'file' };
      if (Math.max(box.x1, box.y1, box.x2, box.y2) <= 1) run.note({ code: 'edge-makes-pixels' });
      return { frame: 'original-pixels', by: 'file' };
    },
    target: (input, pictures) => pictureByNumber(input, ['target_image', 'image_index'], pictures, 1),
    crop: (asked, picture, written) => {
      run.note({ code: 'tenth-added' });
      return (zoomsIn ? pixelReasonerZoomIn : pixelReasoner)(asked, picture, written);
    },
    name: (index): PictureName => ({
      names: [`iter${index}.jpg`, ...(index === 0 && id !== '' ? [id, `${id}.jpg`] : [])],
      ...(index === 0 && { question }),
    }),
    told: (text) => text.replace(/<\/?tool_response>/g, ''),
  });
  const answers = listed(record['gts'] ?? null);
  run.about({
    truth: answers.length > 0 ? { answers: [...answers], options: null, places: [] } : null,
    source: { scores: scoresOf(record), ...(id.includes('-') && { kind: id.split('-')[0] ?? '' }) },
  });
  if (told.answered) return run.finish({ status: 'done', reason: 'answer' });
  return run.finish({ status: 'done', reason: told.endsOn === 'call' ? 'max-turns' : 'no-call' });
}

const EMPTY: Message = { role: 'user', parts: [], calls: [], reasoning: '', callId: '', json: {} };

/** Frames of one result were all saved as one picture: it is shown once, and said. */
function framesCounted(messages: readonly Message[], run: RunBuilder): readonly Message[] {
  return messages.map((message) => {
    const names = message.parts.flatMap((part) => (part.kind === 'picture' && part.name !== '' ? [part.name] : []));
    if (names.length < 2 || new Set(names).size > 1) return message;
    run.note({ code: 'one-picture-for-many', params: { count: names.length } });
    let shown = 0;
    return { ...message, parts: message.parts.filter((part) => part.kind !== 'picture' || (shown += 1) === 1) };
  });
}

function listed(value: Json): readonly string[] {
  const all = isList(value) ? value : [value];
  return all
    .slice(0, 100)
    .map((one) => textOf(one))
    .filter((one) => one !== '');
}

const SCORES = ['match', 'round0_correctness', 'reward', 'validity', 'curiosity', 'penalty', 'num_actions'] as const;

function scoresOf(record: JsonObject) {
  return SCORES.flatMap((name) => {
    const raw = record[name] ?? null;
    const value = typeof raw === 'boolean' ? Number(raw) : typeof raw === 'number' ? numberOf(raw) : null;
    // `match` is what its evaluation counts as right.
    return value === null ? [] : [{ name: name === 'match' ? 'correct' : name, value }];
  });
}
