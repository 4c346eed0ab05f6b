/**
 * `node scripts/tiny-models.mjs --family F --dtype D --out DIR`: writes a model of a hub family with random weights as a folder,
 * with the hub's files and names: to open in the app without the hub, or to measure with (lib/engine/fixtures/tiny-models).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSource } from '../e2e/bench/load-source.mjs';
import { runMain, SetupError } from './install.mjs';

const HELP = `node scripts/tiny-models.mjs --family F --out DIR [options]

Writes a model with random weights into DIR, laid out as the hub's repositories are. It talks
gibberish; what it computes is right or wrong all the same.

  --family F         idefics3, smolvlm, qwen2_vl, qwen2_5_vl, qwen3_vl, qwen3_5 or lfm2_vl
  --out DIR          made where it is not there
  --dtype D          fp32, fp16, q8, q4 or q4f16 (fp32)
  --size S           tiny, or smolvlm-256m for a model of SmolVLM-256M's shape, small for a twentieth of it (tiny)
  --seed S           any whole number (1)
  --external-data N  files of weights beside the decoder (0)
  --no-tiling        pictures are never cut into tiles
`;

function readArguments() {
  try {
    return parseArgs({
      options: {
        family: { type: 'string' },
        out: { type: 'string' },
        dtype: { type: 'string', default: 'fp32' },
        size: { type: 'string', default: 'tiny' },
        seed: { type: 'string', default: '1' },
        'external-data': { type: 'string', default: '0' },
        'no-tiling': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
}

function oneOf(name, value, known) {
  if (known.includes(value)) return value;
  throw new SetupError(`--${name} has to be one of ${known.join(', ')}.\n\n${HELP}`);
}

function whole(name, text) {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new SetupError(`--${name} has to be a whole number from 0.\n\n${HELP}`);
}

await runMain(async () => {
  const options = readArguments();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  if (!options.out) throw new SetupError(`--out says where the model goes.\n\n${HELP}`);
  const { tinyModel, FAMILIES, DTYPES, SIZES } = await loadSource('lib/engine/fixtures/tiny-models/index.ts');
  const files = tinyModel({
    family: oneOf('family', options.family, FAMILIES),
    dtype: oneOf('dtype', options.dtype, DTYPES),
    size: oneOf('size', options.size, SIZES),
    seed: whole('seed', options.seed),
    externalData: whole('external-data', options['external-data']),
    tiling: !options['no-tiling'],
  });
  const out = resolve(options.out);
  let bytes = 0;
  for (const [path, content] of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), content);
    bytes += content.length;
  }
  console.log(`${files.size} files, ${(bytes / 1e6).toFixed(1)} MB, in ${out}`);
  return 0;
});
