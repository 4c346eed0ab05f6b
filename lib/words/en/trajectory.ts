/** The run in words, and its player. */
import { countingIn } from '../counting';

const { counted, number } = countingIn('en');

const percent = (share: number) =>
  number(share, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const trajectory = {
  label: 'What the model did',
  saw: (what: string) => `What the model saw: ${what}`,
  /** A count that nobody can have made is written short. */
  tokens: (count: number) =>
    count < 1e9
      ? counted(count, { one: 'token', other: 'tokens' })
      : `${number(count, { notation: 'scientific' })} tokens`,
  perSecond: (count: number) => `${number(count, { maximumFractionDigits: count < 10 ? 1 : 0 })} tokens/s`,
  /** Its ends are not rounded to certainty. */
  probability: (share: number) => {
    if (share > 0.9995 && share < 1) return `> ${percent(0.999)}`;
    if (share > 0 && share < 0.0005) return `< ${percent(0.001)}`;
    return percent(share);
  },
  take: {
    label: 'Other tokens',
    hint: 'Choose another token to continue from there.',
  },
  noProbability: 'not available',
  probabilities: 'Probabilities',
  probabilitiesHint: 'Shade tokens by how unsure the model was',
  details: 'Details',
  detailsHint: 'Show coordinates, times, tokens, and reward',
  ahead: (count: number) => counted(count, { one: 'more step', other: 'more steps' }),

  picture: {
    given: (at: number) => `Picture ${at}`,
    crop: (at: number) => `Crop ${at} at full resolution`,
    result: 'Returned picture',
    saw: 'What the model saw',
    missing: 'Picture not available',
    /** Behind its name. */
    whichIsMissing: 'not available',
    named: (...parts: readonly string[]) => parts.join(', '),
  },

  steps: {
    think: 'Thinks',
    answer: 'Answers',
    opens: 'Asks to look closer',
    refused: 'Failed call',
    zoom: (at: number | null) => `Looks closer${at === null ? '' : ` (${at})`}`,
    rotate: 'Rotates the picture',
    code: (at: number | null) => `Runs code${at === null ? '' : ` (${at})`}`,
    codeResult: 'Gets the output',
    calls: (tool: string) => `Calls ${tool}`,
    told: 'Gets an error',
    crop: (at: number | null) => `Gets the crop${at === null ? '' : ` (${at})`}`,
    result: 'Gets the result',
    said: 'User says',
    other: 'Something else',
    goTo: (at: number, title: string) => `Go to step ${at}: ${title}`,
    guess: 'A guess',
    guessHint: 'The model wasn’t trained on anything like this.',
    byPerson: 'written by a person',
    editedByPerson: 'edited by a person',
    /** What the model was told of its call. */
    modelWasTold: 'The model was told: <told/>',
  },
  call: {
    noLabel: 'no label',
    asked: 'requested',
    cut: 'cropped',
    inView: 'in the crop it saw',
    inWhole: 'px, in the whole picture',
    pixels: 'px',
    /** Behind the numbers of a box. */
    frames: {
      thousandths: '‰',
      'original-pixels': 'px',
      'resized-pixels': 'px as it saw it',
      fractions: 'of the side',
    },
  },
  /** A step that runs code, and what came of it. */
  code: {
    python: 'Python',
    lines: (count: number) => counted(count, { one: 'line', other: 'lines' }),
    output: 'Output',
    stdout: 'Printed',
    stderr: 'Errors and warnings',
    silent: 'It printed nothing and showed no picture.',
    idle: 'placeholder',
    idleHint: 'Nothing in this code runs: it’s only comments.',
  },
  /** What an answer points at. */
  marks: {
    label: 'In the picture',
    more: (count: number) => `${number(count)} more`,
    kinds: {
      box: (at: number) => `Box ${at}`,
      point: (at: number) => `Point ${at}`,
      polygon: (at: number) => `Polygon ${at}`,
    },
    /** How its numbers were read. */
    read: (frame: string, order: string) => `read as ${frame}, ${order}`,
    frames: {
      thousandths: '0–1000',
      fractions: 'shares of a side',
      'original-pixels': 'pixels',
      'resized-pixels': 'pixels as it saw it',
    },
    orders: {
      xyxy: 'x first',
      yxyx: 'y first',
      xywh: 'x, y, width, height',
      cxcywh: 'center x, y, width, height',
      xy: 'x first',
      yx: 'y first',
    },
  },
  /** Why a call was not carried out. */
  problems: {
    'not-json': 'The call isn’t valid JSON.',
    'unknown-tool': 'It called a tool that doesn’t exist.',
    'no-box': 'The call has no box.',
    'box-not-four-numbers': 'The box isn’t four numbers.',
    'box-empty': 'The box is empty.',
    'box-out-of-frame': 'The box is outside the picture.',
    'box-too-small': 'The box is too small for this environment.',
    'box-too-long': 'The box is too long and thin.',
    'not-run': 'Another call in this turn was run instead.',
    'refused-there': 'The tool returned an error.',
    'repeated-call': 'It requested the same box again.',
    'too-many-calls': 'It requested more looks than “Max looks” allows.',
    'no-angle': 'The call has no angle.',
    'angle-no-quarter': 'The angle isn’t a quarter turn.',
    'no-query': 'The search has no query.',
    'no-address': 'The call has no address to open.',
    'no-picture': 'There’s no picture to search with.',
    'searched-before': 'It searched with the picture before; that works once.',
  },
  /** How a run ended, where that is not plainly the answer. */
  ends: {
    'max-turns': 'It ran out of looks and had to finish.',
    'repeated-call': 'It kept requesting the same place, so the run was ended.',
    'no-call': 'It neither looked closer nor answered.',
    length: 'It reached the token limit for a turn.',
    abort: 'Stopped. The steps so far are saved.',
    error: 'An error ended the run. The steps so far are saved.',
  },
  devices: { webgpu: 'WebGPU', wasm: 'WASM', remote: 'remote', replay: 'recording' },
  deviceWhy: (device: string, why: string) => `${device}: ${why}`,

  player: {
    label: 'Step player',
    watch: 'Watch it think',
    first: 'First',
    previous: 'Previous step',
    play: 'Play',
    pause: 'Pause',
    next: 'Next step',
    last: 'Last',
    /** A control with its key. */
    withKey: (label: string, key: string) => `${label} (${key})`,
    step: 'Step',
    at: (step: number, of: number) => `${step} / ${of}`,
    speed: 'Speed',
    live: 'Live',
    toLive: 'Back to live',
    atStep: (step: number, of: number, facts: string) => `Step ${step} of ${of}: ${facts}`,
    beforeFirst: (of: number) => `Before the first of ${counted(of, { one: 'step', other: 'steps' })}`,
  },
  keys: {
    space: 'Space',
    escape: 'Esc',
    commands: {
      next: 'Next step',
      previous: 'Previous step',
      'play-pause': 'Play or pause',
      first: 'Go to the start',
      last: 'Go to the end',
      boxes: 'Show or hide boxes',
      crop: 'Zoom to the crop and back',
      eye: 'Show what the model sees',
      details: 'Show details',
      fit: 'Fit the whole picture',
      share: 'Share this run',
      help: 'Show shortcuts',
      escape: 'Close; stop a run or cancel opening',
    },
    branches: 'Previous, next branch',
    zoom: 'Zoom (picture focused)',
    pan: 'Pan (picture focused)',
  },
};
