/**
 * SenseNova-MARS' `results.jsonl`: prompt and answer as one text each, pictures as `[IMAGE n]`. Boxes are thousandths of the first picture,
 * whatever the call says; the evaluation clamps, the RL environment refuses what reaches beyond 1000. The first call of a turn is carried out.
 */
import type { Format, PictureName, Reading } from '../contract';
import { senseNovaMars, senseNovaMarsTraining } from '../crops';
import { messageOfTurn, turnsOfText } from '../chat-markup';
import { isList, isObject, numberOf, textOf, type JsonObject } from '../json-shape';
import { tellMessages, type TalkRules } from '../messages';
import { buildRun } from '../run-builder';

export const senseNova: Format = {
  id: 'sensenova-mars',
  unit: 'record',
  is: (record) => {
    if (!isObject(record) || typeof record['output'] !== 'string') return false;
    const isNumbered = /\[IMAGE \d+\]/.test(textOf(record['input']) + record['output']);
    return 'sample_id' in record ? 'num_round' in record || isNumbered : 'num_round' in record && isNumbered;
  },
  rules: ['evaluation', 'training'],
  async *read([record = null], where, finder, reading) {
    if (!isObject(record)) return;
    const rule = reading.rule === 'training' ? 'training' : 'evaluation';
    const run = buildRun({ where, system: 'sensenova-mars', rule, dialect: 'qwen-tools' });
    const id = textOf(record['sample_id']) || String(numberOf(record['sample_id']) ?? '');
    const asked = turnsOfText(textOf(record['input']), 'user');
    const said = turnsOfText(textOf(record['output']), 'assistant');
    const question = asked.findLast(({ role }) => role === 'user')?.text ?? '';
    const thumbnail = (number: string) => namesOf(id, 'thumbnail', Number(number), '').names[0] ?? '';
    const messages = [
      ...asked.map((turn) => messageOfTurn(turn)),
      ...said.map((turn) => messageOfTurn(turn, thumbnail)),
    ];
    const told = await tellMessages(messages, run, finder, rulesFor(id, question, reading));
    const failure = textOf(record['error']);
    run.about({
      truth: truthOf(record),
      source: {
        scores: scoresOf(record),
        ...(textOf(record['dataset']) !== '' && { kind: textOf(record['dataset']) }),
        ...(failure !== '' && { error: failure.slice(0, 2000) }),
      },
    });
    const reason = textOf(record['finish_reason']);
    if (reason === 'error' || failure !== '') {
      run.note({ code: 'row-failed', params: { message: failure.slice(0, 200) } });
      yield run.finish({ status: 'failed', reason: 'error', message: failure });
    } else if (reason === 'max_turns') yield run.finish({ status: 'done', reason: 'max-turns' });
    else yield run.finish({ status: 'done', reason: told.answered ? 'answer' : 'no-call' });
  },
};

function rulesFor(id: string, question: string, reading: Reading): TalkRules {
  return {
    which: reading.call ?? 'first',
    // Benchmarks that want a boxed letter have no tag for the answer.
    plain: 'answer',
    userAnswers: true,
    frame: () => ({ frame: reading.frame ?? 'thousandths', by: reading.frame ? 'person' : 'file' }),
    target: (_, pictures) => pictures[0]?.picture ?? null,
    crop: reading.rule === 'training' ? senseNovaMarsTraining : senseNovaMars,
    name: (index): PictureName => namesOf(id, 'input', index + 1, question),
    told: (text) => text.replace(/<\/?tool_response>/g, ''),
  };
}

/** As the evaluation saves them beside the file. */
function namesOf(id: string, kind: 'input' | 'thumbnail', number: number, question: string): PictureName {
  const names = id === '' ? [] : [`images/${id}_${kind}_${number}.jpg`, `${id}_${kind}_${number}.jpg`];
  return kind === 'input' ? { names: [...names, ...(id === '' ? [] : [id])], question } : { names };
}

function truthOf(record: JsonObject) {
  const answers = (isList(record['gts']) ? record['gts'] : [record['gts'] ?? null])
    .map((one) => textOf(one))
    .filter((one) => one !== '')
    .slice(0, 100);
  return answers.length > 0 ? { answers, options: null, places: [] } : null;
}

/** `em_score_mcq` and `llm_score` say whether the answer was right. */
function scoresOf(record: JsonObject) {
  return ['em_score_mcq', 'llm_score', 'score', 'acc'].flatMap((name) => {
    const value = typeof record[name] === 'number' ? numberOf(record[name]) : null;
    return value === null ? [] : [{ name, value }];
  });
}
