/** What the words' rule finds and what it leaves alone. */
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, describe, it } from 'vitest';
import { words } from './eslint-words.mjs';

// Its tests are Vitest's.
Object.assign(RuleTester, { describe, it, itOnly: it.only, afterAll });

const tester = new RuleTester({
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { ecmaFeatures: { jsx: true } },
  },
});

/** Of a gated model people read the message. */
const options: [object] = [{ technical: { EngineError: ['gated'] } }];

const finds = (code: string, errors = 1) => ({ code, errors });

tester.run('words/in-table', words.rules['in-table'], {
  valid: [
    // From the table, and what is no word.
    'const a = <p>{words.title}</p>;',
    'const a = <p>{name} · {count} %</p>;',
    'const a = <code>config.json</code>;',
    'const a = <input placeholder="–" aria-label={words.find} />;',
    // For machines.
    "'use client'; import { a } from './Some place'; const b = import('A b');",
    'const a = <p className="Flex items center between" data-what="Some place" />;',
    "const a = 'flex items-center gap-2 text-small';",
    "const a = 'button, a, input, select';",
    "type A = 'Some words'; type B = { label: 'Some words' };",
    "const a = { adjustFontFallback: 'Times New Roman' };",
    'const a = `struct Params { vocab: u32, /* Where the row begins, in numbers */ }`;',
    'const a = sql`Select all of it`;',
    // For programmers.
    "throw new Error('A run begins with a start.');",
    'throw new RangeError(`No place for ${what} in this list`);',
    "console.warn('This was slow');",
    // An error whose message is technical.
    { code: "throw new EngineError('internal', 'The model offers no token.')", options },
    // Codes and names.
    "const a = { code: 'bad-weights', name: 'AES-GCM', title: '' };",
    "const a = 'image/png'; const b = 'K7'; const c = 'Esc';",
  ],
  invalid: [
    finds('const a = <p>Nothing here</p>;'),
    finds('const a = <p>und {count} weitere</p>;', 2),
    finds('const a = <p>没有图片</p>;'),
    finds("const a = <p>{going ? 'Pause' : 'Play'}</p>;", 2),
    finds("const a = <p>{name ?? 'nobody'}</p>;"),
    finds('const a = <p>{`${count} of them`}</p>;'),
    finds('const a = <Button title="Close" />;'),
    finds("const a = <Button aria-label={on ? 'Hide' : `Show ${name}`} />;", 2),
    finds('const a = <Field placeholder="all" />;'),
    finds("const a = [{ value: 'a', label: 'Auto' }];"),
    finds("const a = { title: words.title, advice: 'Wait.' };"),
    finds("const a = 'It could not be read.';"),
    finds("const a = { reason: 'all of it was in crops' };"),
    finds('const a = `${name} is not there any more`;'),
    finds('const a = `“${name}” Is it there?`; const b = "“Is it there?”";', 2),
    finds("throw new ImageError('empty', 'This file is empty.');"),
    finds("const a = { 'aria-label': 'Runs' };"),
    { ...finds("throw new EngineError('gated', 'Its owner wants more.')"), options },
    { ...finds('throw new EngineError(code, `There is no ${file} here`)'), options },
    { ...finds("throw new OtherError('internal', 'It is not there.')"), options },
  ],
});
