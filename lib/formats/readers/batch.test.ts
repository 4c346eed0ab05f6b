/** Batches: results in any order find what they answer, alone they are runs all the same, and what failed says why. */
import { expect, it } from 'vitest';
import { openSet, readRow, runOf } from '../fixtures/opened';

const lines = (records: readonly object[]) => records.map((one) => JSON.stringify(one)).join('\n');

const openAi = {
  requests: ['a', 'b', 'c'].map((id) => ({
    custom_id: id,
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'gpt-x', max_tokens: 9, messages: [{ role: 'user', content: `Question ${id}?` }] },
  })),
  results: [
    ...['b', 'a'].map((id) => ({
      id: `batch_req_${id}`,
      custom_id: id,
      response: {
        status_code: 200,
        body: {
          object: 'chat.completion',
          model: 'gpt-x-1',
          choices: [{ message: { role: 'assistant', content: `Answer ${id}` } }],
        },
      },
      error: null,
    })),
    {
      id: 'batch_req_c',
      custom_id: 'c',
      response: { status_code: 400, body: { error: { message: 'Not an image.' } } },
      error: null,
    },
  ],
};

const anthropic = {
  requests: ['a', 'b', 'c'].map((id) => ({
    custom_id: id,
    params: { model: 'claude-x', max_tokens: 9, messages: [{ role: 'user', content: `Question ${id}?` }] },
  })),
  results: [
    ...['b', 'a'].map((id) => ({
      custom_id: id,
      result: {
        type: 'succeeded',
        message: { type: 'message', role: 'assistant', content: [{ type: 'text', text: `Answer ${id}` }] },
      },
    })),
    {
      custom_id: 'c',
      result: {
        type: 'errored',
        error: { type: 'error', error: { type: 'invalid_request', message: 'Not an image.' } },
      },
    },
  ],
};

const gemini = {
  requests: ['a', 'b', 'c'].map((key) => ({
    key,
    request: { contents: [{ role: 'user', parts: [{ text: `Question ${key}?` }] }] },
  })),
  results: [
    ...['b', 'a'].map((key) => ({
      key,
      response: {
        candidates: [{ content: { role: 'model', parts: [{ text: `Answer ${key}` }] }, finishReason: 'STOP' }],
      },
    })),
    { key: 'c', error: { code: 400, message: 'Not an image.' } },
  ],
};

const batches = Object.entries({ openAi, anthropic, gemini });

it.each(batches)('%s: results are told with what they answer, in their own order', async (_, { requests, results }) => {
  const set = await openSet({ 'in.jsonl': lines(requests), 'out.jsonl': lines(results) });
  expect(set.rows.map((row) => [readRow(row).facts.question, readRow(row).facts.answer])).toEqual([
    ['Question b?', 'Answer b'],
    ['Question a?', 'Answer a'],
    ['Question c?', null],
  ]);
  const failed = await runOf(set, 2);
  expect(failed.run).toMatchObject({ status: 'failed' });
  expect(failed.notes).toMatchObject([{ code: 'row-failed', params: { message: 'Not an image.' } }]);
});

it.each(batches)('%s: without requests each is a run under its id', async (_, { results }) => {
  const set = await openSet({ 'out.jsonl': lines(results) });
  expect(set.rows.map((row) => readRow(row).facts.answer)).toEqual(['Answer b', 'Answer a', null]);
  const { run, notes } = await runOf(set, 0);
  expect(run.title).toBe('b');
  expect(notes.map(({ code }) => code)).toContain('question-missing');
});

it.each(batches)('%s: requests alone are what was asked', async (_, { requests }) => {
  const set = await openSet({ 'in.jsonl': lines(requests) });
  expect(set.rows.map((row) => readRow(row).facts.question)).toEqual(['Question a?', 'Question b?', 'Question c?']);
});
