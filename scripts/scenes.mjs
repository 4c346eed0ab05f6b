/**
 * `npm run scenes -- --seed S --n N --out DIR`: draws scenes with the training code's own world (training/loupe_nano/world) and
 * writes them as docs/scene-format.md has it, for `npm run eval`. Makes its Python ready by itself.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, runMain, SetupError } from './install.mjs';
import { ensurePython, PYTHON } from './python.mjs';

const HELP = `npm run scenes -- --seed S --n N --out DIR [options]

Draws N scenes (pictures), each with about 10 questions, into DIR: one folder a scene, with
scene.png and scene.json (docs/scene-format.md). The same seed gives the same scenes, and scene i is the
same whatever N is.

  --seed S                 any whole number from 0; training draws from the clock, so no seed was trained on
  --n N                    how many SCENES; questions are --questions times as many, less where a scene
                           has nothing more to ask
  --out DIR                made where it is not there
  --held-out-fraction F    share of the scenes drawn from the fonts, grounds, palettes and layouts that
                           training never saw, 0 to 1 (0.33); the others come from training's pools
  --unseen-style           every icon in the style that training never saw (fxemoji): a row of its own
  --questions Q            questions a scene (10)
`;

const whole = (name, text, least) => {
  const value = Number(text);
  if (text?.trim() && Number.isSafeInteger(value) && value >= least) return String(value);
  throw new SetupError(`--${name} has to be a whole number from ${least}.\n\n${HELP}`);
};

function readArguments() {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string' },
        n: { type: 'string' },
        out: { type: 'string' },
        'held-out-fraction': { type: 'string', default: '0.33' },
        'unseen-style': { type: 'boolean', default: false },
        questions: { type: 'string', default: '10' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
}

await runMain(() => {
  const options = readArguments();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  if (!options.out) throw new SetupError(`--out says where the scenes go.\n\n${HELP}`);
  const fraction = Number(options['held-out-fraction']);
  if (!(fraction >= 0 && fraction <= 1)) throw new SetupError(`--held-out-fraction is from 0 to 1.\n\n${HELP}`);
  const args = [
    ...['--seed', whole('seed', options.seed, 0)],
    ...['--n', whole('n', options.n, 1)],
    ...['--out', resolve(options.out)],
    ...['--held-out-fraction', String(fraction)],
    ...['--questions', whole('questions', options.questions, 1)],
    ...(options['unseen-style'] ? ['--unseen-style'] : []),
  ];
  ensurePython('drawing');
  const { status } = spawnSync(PYTHON, ['-m', 'loupe_nano.world', ...args], {
    cwd: join(ROOT, 'training'),
    stdio: 'inherit',
  });
  return status ?? 1;
});
