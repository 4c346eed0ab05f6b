/** Settings and the sheet of shortcuts. */
export const settings = {
  title: 'Settings',
  reset: 'Reset to defaults',

  model: {
    heading: 'Model',
    choose: 'Change',
    loadsLater: 'Loads with your next question.',
    runsOn: (model: string, version: string) => `${model} ${version} is running on <device/>.`,
    devices: { webgpu: 'WebGPU', wasm: 'WASM', remote: 'a server' },
  },

  libraries: {
    about: ({ megabytes, host }: { megabytes: number; host: string }) =>
      `Code finds small versions of Pillow and Matplotlib. Pillow, NumPy, Matplotlib, and OpenCV themselves are about ${megabytes} MB from ${host}; they stay in this browser.`,
    get: 'Get the full libraries',
    going: ({ done, of }: { done: number; of: number }) => `Getting the libraries: ${done} of ${of}`,
    stop: 'Stop',
    failed: 'They didn’t all arrive, or aren’t what they should be. Check your connection and try again.',
    here: 'Pillow, NumPy, Matplotlib, and OpenCV are in this browser. Code finds them from the next run on.',
    remove: 'Remove',
  },

  answers: {
    heading: 'Answers',
    tools: 'Zoom',
    toolsHint: 'Lets the model call image_zoom_in_tool. Without it, the model answers from the whole picture.',
    code: 'Python',
    codeHint:
      'Lets the model write and run code, in this page and cut off from everything else. While it is on, what the model writes is not constrained.',
    grammar: 'Constrained decoding',
    grammarHint: 'Only allow output the parser can read. Turn it off to see what the model writes on its own.',
    temperature: 'Temperature',
    temperatureHint: '0 always picks the likeliest token.',
    topP: 'Top-p',
    topPHint: 'Sample from the likeliest tokens that add up to p (1 = off).',
    topK: 'Top-k',
    topKHint: 'Sample from the k likeliest tokens (0 = off).',
    seed: 'Seed',
    seedHint: 'Same seed, same output.',
    maxTurns: 'Max looks',
    maxTurnsHint: 'How many times it can zoom in before it has to answer.',
    maxNewTokens: 'Max new tokens',
    maxNewTokensHint: 'Per turn.',
  },

  device: 'Device',
  prompt: {
    heading: 'System prompt',
    about: 'This is the whole prompt. Your picture and question follow it.',
  },
  appearance: 'Appearance',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  language: 'Language',
  languageFailed: 'Couldn’t load that language. Check your connection and try again.',

  glossary: {
    heading: 'Words',
    terms: {
      token: { name: 'Token', meaning: 'A word or part of one: what a model reads and writes.' },
      look: { name: 'Look', meaning: 'The model zooms in on part of the picture and sees it at full resolution.' },
      frame: {
        name: 'Frame',
        meaning: 'What box coordinates count in: thousandths of the picture, pixels, or fractions.',
      },
      iou: {
        name: 'IoU',
        meaning: 'How much two boxes overlap: 1 is the same box, 0 is no overlap (intersection over union).',
      },
      reward: {
        name: 'Reward',
        meaning: 'The score DeepEyes’ training would give the run: right answer, correct format, useful look.',
      },
    },
  },

  keys: {
    title: 'Help',
    keys: 'Shortcuts',
    about:
      'Shortcuts are off while you type, except Esc. In the question field, Enter asks and Shift+Enter adds a line. Drop or paste a picture anywhere on the page.',
  },
};
