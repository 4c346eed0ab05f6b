/** From the runs of engine-versus.mjs to medians, ratios and tables. */

const WAYS = {
  again: 'everything again each turn (as documented)',
  kept: 'cache handed back with the new picture only (undocumented)',
};

/** Counts of the GPU per generated token, and what each is called. */
const COUNTS = {
  gpuReads: 'reads from the GPU',
  submits: 'submits',
  dispatches: 'dispatches',
  kvBytes: 'bytes of keys and values copied',
};

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const medianOrNull = (values) => (values.includes(null) ? null : median(values));
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** What is the same in every run; the first one's stands for all. */
function countsOf({ turns }) {
  return turns.map(({ promptTokens, tokenIds, report: { prefill, decode }, usage }) => {
    // A token is fed to be followed by another: the last one never is.
    const steps = tokenIds.length - 1;
    return {
      promptTokens,
      outputTokens: tokenIds.length,
      prefilledTokens: prefill.positions + decode.positions - steps,
      imagesEncoded: prefill.images,
      perToken: Object.fromEntries(Object.keys(COUNTS).map((name) => [name, decode[name] / Math.max(1, steps)])),
      ...(usage && { told: usage }),
    };
  });
}

/** Medians over the rounds of one side. */
function sideOf(runs, { turns }) {
  const over = (value) => median(runs.map(value));
  const perTurn = Array.from({ length: turns }, (_, turn) => turn);
  const firstAt = (run, turn) => run.turns[turn].times[0];
  const lastAt = (run, turn) => run.turns[turn].times.at(-1);
  const decoding = (run) => sum(perTurn.map((turn) => lastAt(run, turn) - firstAt(run, turn)));
  const steps = (run) => sum(run.turns.map(({ tokenIds }) => tokenIds.length - 1));
  return {
    remark: runs[0].loaded.remark,
    loadMs: over(({ loaded }) => loaded.ms),
    timeToFirstTokenMs: perTurn.map((turn) => over((run) => firstAt(run, turn))),
    trajectoryMs: over((run) => sum(perTurn.map((turn) => lastAt(run, turn)))),
    tokensPerSecond: over((run) => (1000 * steps(run)) / decoding(run)),
    processorMs: {
      load: medianOrNull(runs.map(({ loaded }) => loaded.processorMs)),
      turns: perTurn.map((turn) => medianOrNull(runs.map((run) => run.turns[turn].processorMs))),
    },
    loadMemory: {
      heapBytes: over(({ loaded }) => loaded.report.heapBytes),
      gpuBytes: over(({ loaded }) => loaded.report.gpuPeakBytes),
      processBytes: medianOrNull(runs.map(({ processPeak }) => processPeak.load)),
    },
    peakMemory: {
      heapBytes: over((run) => run.turns.at(-1).report.heapBytes),
      gpuBytes: over((run) => run.turns.at(-1).report.gpuPeakBytes),
      processBytes: medianOrNull(runs.map(({ processPeak }) => processPeak.end)),
    },
    perTurn: countsOf(runs[0]),
    tokenIds: runs[0].turns.map(({ tokenIds }) => tokenIds),
  };
}

/** The page's process where the system tells it, else WebAssembly's memory; GPU buffers live in another process. */
function loadPeak({ loadMemory }, told) {
  return (told ? loadMemory.processBytes : loadMemory.heapBytes) + loadMemory.gpuBytes;
}

/** The same work on a busy machine takes longer and not much more of the processor. */
function processorRatios(ours, theirs) {
  if (ours.load === null || theirs.load === null) return {};
  return {
    lastTurnProcessor: theirs.turns.at(-1) / ours.turns.at(-1),
    trajectoryProcessor: sum(theirs.turns) / sum(ours.turns),
    loadProcessor: theirs.load / ours.load,
  };
}

function ratiosOf(ours, theirs) {
  const told = ours.loadMemory.processBytes !== null && theirs.loadMemory.processBytes !== null;
  return {
    lastTurnTimeToFirstToken: theirs.timeToFirstTokenMs.at(-1) / ours.timeToFirstTokenMs.at(-1),
    trajectory: theirs.trajectoryMs / ours.trajectoryMs,
    decode: ours.tokensPerSecond / theirs.tokensPerSecond,
    loadPeakMemory: loadPeak(theirs, told) / loadPeak(ours, told),
    loadPeakHeap: theirs.loadMemory.heapBytes / ours.loadMemory.heapBytes,
    loadTime: theirs.loadMs / ours.loadMs,
    ...processorRatios(ours.processorMs, theirs.processorMs),
  };
}

/** Counts per token over all turns; a ratio over nothing is null. */
function countRatios(ours, theirs) {
  const mean = (side, name) => sum(side.perTurn.map(({ perToken }) => perToken[name])) / side.perTurn.length;
  return Object.fromEntries(
    Object.keys(COUNTS).map((name) => {
      const [a, b] = [mean(ours, name), mean(theirs, name)];
      return [name, { ours: a, theirs: b, ratio: a === 0 ? null : b / a }];
    }),
  );
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * The first token that two sides chose differently. What comes before is the same, so it is one choice between two tokens: by how
 * much ours is the likelier one, in natural logarithms as ours has them; null where theirs is not among our five likeliest.
 */
function firstDifference(ours, theirs) {
  for (const [turn, { tokenIds, top }] of ours.entries()) {
    const at = tokenIds.findIndex((id, i) => id !== theirs[turn].tokenIds[i]);
    if (at < 0) continue;
    const logprob = (id) => top[at].find((one) => one.id === id)?.logprob;
    const [a, b] = [logprob(tokenIds[at]), logprob(theirs[turn].tokenIds[at])];
    return { turn, token: at, likelierBy: b === undefined ? null : a - b };
  }
  return null;
}

/** @param measured what engine-versus.mjs set out with, and its runs */
export function summarize({ runs, ...about }) {
  const side = (name) =>
    sideOf(
      runs.filter((run) => run.side === name),
      about,
    );
  const ours = side('ours');
  const ways = { again: side('again'), kept: side('kept') };
  const theirsWay = 'again';
  const prompts = ({ perTurn }) => perTurn.map(({ promptTokens }) => promptTokens);
  const first = (name) => runs.find((run) => run.side === name).turns;
  const differs = (name) => firstDifference(first('ours'), first(name));
  const limit = ({ tokensPerSecond }) => {
    const bytesPerSecond = about.decoderBytes * tokensPerSecond;
    return { bytesPerSecond, ofBandwidth: bytesPerSecond / about.machine.bandwidth };
  };
  return {
    ...about,
    theirsWay,
    ratios: ratiosOf(ours, ways[theirsWay]),
    ratiosByWay: { again: ratiosOf(ours, ways.again), kept: ratiosOf(ours, ways.kept) },
    counts: countRatios(ours, ways[theirsWay]),
    checks: {
      samePrompts: same(prompts(ours), prompts(ways.again)) && same(prompts(ours), prompts(ways.kept)),
      // In whole numbers of 8 bits what is computed together is rounded together: only floats give the same text.
      sameText: { again: same(ours.tokenIds, ways.again.tokenIds), kept: same(ours.tokenIds, ways.kept.tokenIds) },
      firstDifference: { again: differs('again'), kept: differs('kept') },
    },
    limit: {
      bytesPerToken: about.decoderBytes,
      bandwidth: about.machine.bandwidth,
      tokensPerSecond: about.machine.bandwidth / about.decoderBytes,
      ours: limit(ours),
      again: limit(ways.again),
      kept: limit(ways.kept),
    },
    sides: { ours, ...ways },
    runs: runs.map(({ round, side: name, loaded, turns }) => ({
      round,
      side: name,
      loadMs: loaded.ms,
      turns: turns.map(({ times }) => ({ firstMs: times[0], lastMs: times.at(-1) })),
    })),
  };
}

const MB = (bytes) => (bytes === null ? '–' : `${Math.round(bytes / 1e6)}`);
const round = (value, digits = 2) => (value === null ? '∞' : value.toFixed(digits));
const each = (values) => values.map((value) => (value === null ? '–' : Math.round(value))).join(' / ');

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])));
    console.log(cells.join('  ').trimEnd());
  }
  console.log('');
}

export function print(result) {
  const { machine, sides, limit, counts, ratiosByWay } = result;
  const { ours, again, kept } = sides;
  const all = [ours, again, kept];
  const load = `${machine.load.toFixed(1)} before, ${machine.loadAfter.toFixed(1)} after`;
  console.log(
    `SmolVLM, ${result.size}, ${result.dtype}, ${MB(result.modelBytes)} MB, on ${result.device} with ${result.threads} thread(s); ` +
      `${result.turns} turns, ${result.tokens} tokens each, ${result.rounds} round(s)`,
  );
  console.log(`Chromium ${machine.browser}; ${machine.cores} cores, ${machine.processor}; load ${load}`);
  for (const [way, words] of Object.entries(WAYS)) {
    console.log(`transformers.js "${way}": ${words}${way === result.theirsWay ? '; the ratios are to this one' : ''}`);
  }
  if (ours.remark) console.log(`ours: ${ours.remark}`);
  console.log(`same prompts: ${result.checks.samePrompts}; same text: ${JSON.stringify(result.checks.sameText)}`);
  console.log(`first difference: ${JSON.stringify(result.checks.firstDifference)}\n`);

  table([
    ['medians', 'ours', 'again', 'kept'],
    ['time to first token, ms per turn', ...all.map(({ timeToFirstTokenMs }) => each(timeToFirstTokenMs))],
    ['whole trajectory, ms', ...all.map(({ trajectoryMs }) => each([trajectoryMs]))],
    ['decoding, tokens/s', ...all.map(({ tokensPerSecond }) => round(tokensPerSecond))],
    ['prefilled tokens per turn', ...all.map(({ perTurn }) => each(perTurn.map((turn) => turn.prefilledTokens)))],
    ['images encoded per turn', ...all.map(({ perTurn }) => each(perTurn.map((turn) => turn.imagesEncoded)))],
    ['processor time, ms per turn', ...all.map(({ processorMs }) => each(processorMs.turns))],
    ['load, ms of processor time', ...all.map(({ processorMs }) => each([processorMs.load]))],
    ['load, ms', ...all.map(({ loadMs }) => each([loadMs]))],
    ['load, peak of the page, MB', ...all.map(({ loadMemory }) => MB(loadMemory.processBytes))],
    ['load, wasm heap, MB', ...all.map(({ loadMemory }) => MB(loadMemory.heapBytes))],
    ['load, GPU buffers, MB', ...all.map(({ loadMemory }) => MB(loadMemory.gpuBytes))],
    ['all turns, peak of the page, MB', ...all.map(({ peakMemory }) => MB(peakMemory.processBytes))],
    ['all turns, wasm heap, MB', ...all.map(({ peakMemory }) => MB(peakMemory.heapBytes))],
    ['all turns, GPU buffers, MB', ...all.map(({ peakMemory }) => MB(peakMemory.gpuBytes))],
  ]);
  const names = Object.keys(result.ratios);
  table([
    ['theirs over ours (more is better)', 'again', 'kept'],
    ...names.map((name) => [name, round(ratiosByWay.again[name]), round(ratiosByWay.kept[name])]),
  ]);
  table([
    ['per generated token', 'ours', result.theirsWay, 'theirs over ours'],
    ...Object.entries(COUNTS).map(([name, words]) => {
      const { ours: a, theirs: b, ratio } = counts[name];
      return [words, round(a, 1), round(b, 1), ratio === null && b === 0 ? '–' : round(ratio)];
    }),
  ]);
  const share = ({ bytesPerSecond, ofBandwidth }) =>
    `${round(bytesPerSecond / 1e9)} GB/s, ${round(100 * ofBandwidth, 0)} %`;
  table([
    ['the limit: every weight once a token', 'memory', 'ours', 'again', 'kept'],
    [
      `${MB(limit.bytesPerToken)} MB a token`,
      `${round(limit.bandwidth / 1e9)} GB/s, ${round(limit.tokensPerSecond, 0)} tokens/s`,
      ...[limit.ours, limit.again, limit.kept].map(share),
    ],
  ]);
}
