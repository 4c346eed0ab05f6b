/**
 * The rules a machine keeps: the rooms and which way imports may point (one table, ROOMS), strict typed TypeScript, hooks,
 * file length, what the oldest browsers have (browserslist in package.json). Formatting is prettier's, unused files and exports are
 * knip's.
 */
import compat from 'eslint-plugin-compat';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { missingStatics } from './scripts/oldest-browsers.mjs';
import { words } from './scripts/eslint-words.mjs';

/**
 * The rooms, top to bottom: a room may import the rooms named here and its own files, nothing else of lib, components or app.
 * The same table in words: docs/architecture.md.
 */
const ROOMS = {
  'lib/words': [],
  'lib/geometry': [],
  'lib/port': [],
  'lib/wire': [],
  'lib/python': ['lib/port'],
  'lib/trajectory': ['lib/geometry'],
  'lib/notations': ['lib/geometry', 'lib/trajectory'],
  'lib/image': ['lib/geometry', 'lib/port', 'lib/trajectory'],
  'lib/scene': ['lib/image'],
  // The seam is below those that stand behind it.
  'lib/models': ['lib/port', 'lib/image', 'lib/engine/contract.ts'],
  'lib/engine': ['lib/geometry', 'lib/port', 'lib/wire', 'lib/trajectory', 'lib/image', 'lib/models'],
  'lib/search': ['lib/port'],
  'lib/agent': [
    'lib/geometry',
    'lib/trajectory',
    'lib/notations',
    'lib/image',
    'lib/engine',
    'lib/python',
    'lib/search',
  ],
  'lib/bench': ['lib/geometry', 'lib/trajectory', 'lib/image', 'lib/scene', 'lib/engine', 'lib/agent', 'lib/search'],
  'lib/formats': ['lib/geometry', 'lib/port', 'lib/wire', 'lib/trajectory', 'lib/notations', 'lib/image', 'lib/sets'],
  'lib/library': ['lib/geometry', 'lib/port', 'lib/trajectory', 'lib/image'],
  'lib/share': ['lib/geometry', 'lib/port', 'lib/trajectory', 'lib/image'],
  'lib/player': ['lib/geometry', 'lib/trajectory', 'lib/image'],
  'lib/session': [
    'lib/geometry',
    'lib/trajectory',
    'lib/notations',
    'lib/image',
    'lib/models',
    'lib/engine',
    'lib/agent',
    'lib/python',
    'lib/library',
    'lib/player',
    'lib/search',
  ],
  // What it writes is held to what is read.
  'lib/export': ['lib/geometry', 'lib/trajectory', 'lib/formats'],
  'lib/offline': [],
  'lib/review': ['lib/geometry', 'lib/trajectory', 'lib/scene', 'lib/agent'],
  // What is measured of a run with its model; the arithmetic of it is review's.
  'lib/lenses': ['lib/geometry', 'lib/trajectory', 'lib/image', 'lib/scene', 'lib/engine', 'lib/agent', 'lib/review'],
  'lib/sets': ['lib/geometry', 'lib/trajectory', 'lib/scene', 'lib/review'],
  'lib/learn': [],
  'lib/server': ['lib/trajectory', 'lib/share'],
  'components/ui': ['lib/geometry'],
  'components/canvas': ['lib/geometry', 'lib/trajectory', 'lib/image', 'lib/player', 'components/ui'],
  'components/trajectory': ['lib/geometry', 'lib/trajectory', 'lib/image', 'lib/player', 'components/ui'],
  'components/review': [
    'lib/geometry',
    'lib/trajectory',
    'lib/scene',
    'lib/agent',
    'lib/review',
    'lib/player',
    'lib/session',
    'components/ui',
    'components/trajectory',
  ],
  'components/fork': [
    'lib/trajectory',
    'lib/agent',
    'lib/library',
    'lib/player',
    'lib/session',
    'lib/review',
    'components/ui',
  ],
  'components/lenses': [
    'lib/trajectory',
    'lib/image',
    'lib/scene',
    'lib/review',
    'lib/lenses',
    'lib/player',
    'lib/session',
    'components/ui',
    'components/review',
  ],
  'components/compare': [
    'lib/geometry',
    'lib/trajectory',
    'lib/player',
    'lib/session',
    'lib/review',
    'components/ui',
    'components/canvas',
    'components/trajectory',
    'components/review',
  ],
  'components/answer': [
    'lib/geometry',
    'lib/trajectory',
    'lib/notations',
    'lib/player',
    'lib/session',
    'components/ui',
  ],
  'components/export': ['lib/trajectory', 'lib/export', 'components/ui'],
  'components/library': [
    'lib/geometry',
    'lib/trajectory',
    'lib/library',
    'lib/export',
    'lib/player',
    'lib/session',
    'components/ui',
    'components/export',
  ],
  'components/share': [
    'lib/trajectory',
    'lib/formats',
    'lib/image',
    'lib/library',
    'lib/player',
    'lib/share',
    'components/ui',
    'components/canvas',
    'components/trajectory',
    'components/review',
    'components/lenses',
    'components/compare',
  ],
  'components/scene-maker': ['lib/geometry', 'lib/scene', 'components/ui'],
  'components/models': ['lib/trajectory', 'lib/models', 'lib/engine', 'lib/agent', 'lib/session', 'components/ui'],
  'components/bench': [
    'lib/trajectory',
    'lib/image',
    'lib/scene',
    'lib/models',
    'lib/engine',
    'lib/library',
    'lib/player',
    'lib/session',
    'lib/review',
    'lib/search',
    'lib/bench',
    'components/ui',
    'components/canvas',
    'components/trajectory',
    'components/review',
    'components/library',
    'components/models',
  ],
  'components/sets': [
    'lib/geometry',
    'lib/trajectory',
    'lib/formats',
    'lib/sets',
    'lib/export',
    'lib/player',
    'lib/session',
    'lib/share',
    'components/ui',
    'components/export',
    'components/canvas',
    'components/trajectory',
    'components/review',
    'components/compare',
    'components/lenses',
    'components/share',
  ],
  'components/search': ['lib/search', 'lib/agent', 'lib/library', 'lib/session', 'components/ui', 'components/models'],
  'components/learn': ['lib/learn', 'components/ui'],
  'components/standalone': [
    'lib/geometry',
    'lib/trajectory',
    'lib/player',
    'components/ui',
    'components/canvas',
    'components/trajectory',
  ],
  'components/playground': ['lib', 'components'],
  app: ['lib', 'components'],
};

/** Below every room: what people read. */
const GRANTED_TO_ALL = ['lib/words'];

const SIDES = ['./lib', './components', './app'];

/** `except` is relative to `from`: of each side, a room may reach itself and what ROOMS grants it. */
const zones = Object.entries(ROOMS).flatMap(([room, granted]) =>
  SIDES.map((from) => {
    const side = from.slice(2);
    const except = [...new Set([room, ...granted, ...GRANTED_TO_ALL])]
      .filter((path) => path === side || path.startsWith(`${side}/`))
      .map((path) => (path === side ? '.' : `./${path.slice(side.length + 1)}`));
    return {
      target: `./${room}`,
      from,
      except,
      message: `${room} may import ${granted.join(', ') || 'no other room'} only (docs/architecture.md, the rooms).`,
    };
  }).filter((zone) => !zone.except.includes('.')),
);

/** lib/server runs in Node: nothing that reaches the page may import it. */
zones.push({
  target: [
    './components',
    ...Object.keys(ROOMS)
      .filter((room) => room.startsWith('lib/') && room !== 'lib/server')
      .map((room) => `./${room}`),
  ],
  from: './lib/server',
  message: 'lib/server runs in Node; the page cannot import it.',
});

/**
 * Where words may stand outside lib/words: what a model is told and asked is its dialect's and its tools', and who mends a file, a model
 * or a server reads English.
 */
const NO_WORDS_OF_THE_PAGE = [
  'lib/words/**',
  'lib/server/**',
  'lib/agent/{dialects,tools}/**',
  'lib/agent/judge.ts',
  'lib/engine/remote/{calls-told,names}.ts',
  // How the shipped model says what it reads, and what a teacher is told.
  'lib/lenses/{reading-sentence,given-away}.ts',
  // What a model was told, in files for other systems.
  'lib/export/writers/**',
  // What is wrong with a file, beside what a schema says of it: a reason for who wrote it. People read what its code says.
  'lib/image/metadata/**',
  'lib/trajectory/{check,parse,schema}.ts',
  'lib/scene/scene.ts',
  // The words the shipped model knows: things, questions, answers.
  'lib/scene/{answer,examples,nouns}.ts',
  // What is wrong with a model, its graphs or its grammar: it stands in brackets behind what the error's code says.
  'lib/engine/worker/**',
  // What Python and the code in it say: to the model.
  'lib/python/{worker,small}/**',
  // Messages of errors of which people read what the code says.
  'lib/share/**',
  'components/scene-maker/scene-questions.ts',
  '**/*.test.ts',
  '**/*.test.tsx',
  '**/fixtures/**',
];

const TYPED = ['**/*.ts', '**/*.tsx'];

/** With none of ours and none of a package's there is nothing for the rules of enums to look for: they ask for the type of every value. */
const NO_ENUMS = {
  selector: 'TSEnumDeclaration',
  message: 'A union of strings says the same, and reads as it is stored.',
};

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      '.next/',
      'public/',
      'training/',
      'test-results/',
      'coverage/',
      '.venv/',
      'data/',
      'next-env.d.ts',
      'e2e/fixtures/',
    ],
  },
  {
    files: TYPED,
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: {
        // Workers have a tsconfig of their own, without `document`.
        project: ['./tsconfig.json', './tsconfig.worker.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({
          alias: { '@': [import.meta.dirname] },
          extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
        }),
      ],
    },
    rules: {
      'no-restricted-syntax': ['error', NO_ENUMS],
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'max-lines': ['error', { max: 400 }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(react-)?konva', message: 'Konva lives in components/canvas.' }] },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Off by taste: `void f()` and `() => f()` read well; spreading a string into code points is what we mean.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // Off: a stream that has nothing to wait for is still an async generator, by contract.
      '@typescript-eslint/require-await': 'off',
      // Off: it knows neither browsers that lack an API nor a variable that another closure changes during an await.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Narrowing an index that the types call possibly undefined is often clearer with `!` and a reason than with a branch.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  // Where hooks live. The compiler's rules read every function, which of all files costs a quarter of the lint.
  {
    files: ['{app,components}/**/*.{ts,tsx}', 'lib/**/{react,use-*}.ts', 'lib/words/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  // Next replaces the global fetch, and a driver that uses it may never answer (docs/decisions/0013).
  {
    files: ['lib/server/**/*.ts'],
    ignores: ['**/*.test.ts', 'lib/server/fixtures/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'lib/server speaks node:http (s3-client.ts).' }],
      'no-restricted-syntax': [
        'error',
        NO_ENUMS,
        { selector: 'ImportSpecifier[imported.name="AwsClient"]', message: 'AwsClient fetches; use AwsV4Signer.' },
        { selector: 'MemberExpression[property.name="fetch"]', message: 'lib/server speaks node:http (s3-client.ts).' },
      ],
    },
  },
  // What runs in a browser runs in the oldest that README promises. Of the language itself, tsconfig's `lib` sees to that.
  {
    files: ['{app,components,lib}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', '**/fixtures/**', 'app/api/**', 'lib/server/**'],
    plugins: { compat },
    rules: { 'compat/compat': 'error', 'no-restricted-properties': ['error', ...missingStatics()] },
  },
  { files: ['components/canvas/**'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['{app,components,lib}/**/*.{ts,tsx}'],
    ignores: NO_WORDS_OF_THE_PAGE,
    plugins: { words },
    rules: {
      // Where the code alone says too little, people read what comes with it: that has to be a phrase.
      'words/in-table': [
        'error',
        {
          technical: {
            EngineError: ['model-not-found', 'network', 'unsupported-model', 'gated', 'quota', 'offline', 'server'],
            LibraryError: [],
            PythonError: [],
          },
        },
      ],
    },
  },
  // Next, Vitest, Playwright and TypeScript read these files' default export.
  {
    files: [
      'app/**/{page,layout,error,not-found,global-error,loading,manifest,icon,robots}.ts{x,}',
      '**/*.config.ts',
      '**/*.d.ts',
    ],
    rules: { 'import-x/no-default-export': 'off' },
  },
  { files: ['e2e/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**'],
    rules: {
      'max-lines': ['error', { max: 600 }],
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // What stands in for a class in a test is no instance of it, and of every value the rule asks what it stands for.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
);
