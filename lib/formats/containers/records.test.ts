/** Records are found in whatever shape a file has, and one that is broken takes no other with it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecordReader, indexRecords, parseRecord, RECORD_LIMITS } from './records';

const never = new AbortController().signal;

async function read(text: string) {
  const file = new Blob([text]);
  const { kind, records } = await indexRecords(file, never);
  const reader = createRecordReader(file);
  // At once, as a row is opened while others are still read.
  const values = await Promise.all(records.map((place, at) => reader(place, at % 2 === 0 ? place.to : file.size)));
  return { kind, values: values.map((one) => ('json' in one ? one.json : one.problem.code)) };
}

describe('a file of records', () => {
  it.each([
    ['lines', '{"a":1}\n{"a":"}{"}\n\n{"a":3}\n', 'lines', [{ a: 1 }, { a: '}{' }, { a: 3 }]],
    ['lines with \\r\\n and a byte order mark', '\uFEFF{"a":1}\r\n{"a":2}\r\n', 'lines', [{ a: 1 }, { a: 2 }]],
    ['an array', '[{"a":[1,2]},\n {"a":"]"} , 3, "x,y", [4]]', 'array', [{ a: [1, 2] }, { a: ']' }, 3, 'x,y', [4]]],
    ['an empty array', ' [ ] ', 'array', []],
    ['one object, over many lines', '{\n "a": [\n{"b": 1},\n{"b": 2}\n]\n}\n', 'one', [{ a: [{ b: 1 }, { b: 2 }] }]],
    ['objects one after the other, over many lines', '{\n"a": 1\n}\n{\n"a": 2\n}', 'lines', [{ a: 1 }, { a: 2 }]],
    ['lists, a line each', '[{"role":"user"}]\n[{"role":"user"}]', 'lines', [[{ role: 'user' }], [{ role: 'user' }]]],
    ['nothing', '', 'lines', []],
  ])('%s', async (_, text, kind, values) => {
    expect(await read(text)).toEqual({ kind, values });
  });

  it.each([
    ['in a string', '{"a":1}\n{"a":"br\n{"a":3}\n', [{ a: 1 }, 'not-json', { a: 3 }]],
    ['in a list', '{"a":1}\n{"a":[1,2\n{"a":3}\n', [{ a: 1 }, 'not-json', { a: 3 }]],
    ['where more might follow', '{"a":1}\n{"a":[\n{"a":3}\n', [{ a: 1 }, 'not-json', { a: 3 }]],
    ['in the first line', '{"a":\n{"a":2}\n{"a":3}', ['not-json']],
    ['of another kind', '{"a":1}\nTraceback (most recent call last)\n{"a":3}', [{ a: 1 }, 'not-json', { a: 3 }]],
    ['at the end of a list', '[{"a":1},{"a":2},{"a":', [{ a: 1 }, { a: 2 }, 'not-json']],
  ])('a row broken %s', async (_, text, values) => {
    const { values: found } = await read(text);
    expect(found.slice(0, values.length)).toEqual(values);
  });

  it('what is too deep is not parsed', async () => {
    const deep = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect((await read(`${deep(1_000_000)}\n{"a":1}`)).values).toEqual(['too-deep', { a: 1 }]);
    expect((await read(deep(RECORD_LIMITS.depth - 1))).values[0]).toBeInstanceOf(Object);
  });

  it('reads what Python writes for numbers that JSON lacks', () => {
    expect(parseRecord('{"a":NaN,"b":[-Infinity,1],"c":"NaN, x"}')).toEqual({
      json: { a: null, b: [null, 1], c: 'NaN, x' },
    });
  });

  it('finds the same whatever is in the rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 2, maxLength: 6 }), async (values) => {
        expect((await read(JSON.stringify(values))).values).toEqual(JSON.parse(JSON.stringify(values)));
        const rows = values.map((value) => ({ value }));
        expect((await read(rows.map((row) => JSON.stringify(row)).join('\n'))).values).toEqual(
          JSON.parse(JSON.stringify(rows)),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('stops when told', async () => {
    await expect(indexRecords(new Blob(['[1]']), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
