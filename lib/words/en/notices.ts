/**
 * What a person is told when something went wrong: what happened, what it means, what to do. By who noticed it, by code. What stands
 * in `engine` and `image` may say more: lib/words/en/engine.ts, image.ts.
 */
import { countingIn } from '../counting';

const { counted } = countingIn('en');

const runs = (count: number) => counted(count, { one: 'run', other: 'runs' });

const again = 'You can ask again right away.';
const storageHeld = 'An older version of Loupe is open in another tab and is holding the storage.';
const refused = 'This browser doesn’t allow storage here, as in some private windows.';

export const notices = {
  python: {
    'python-unavailable': {
      title: 'Couldn’t get Python',
      detail: 'The model wrote code, and the files that run it didn’t arrive.',
      advice: 'Check your connection and ask again, or turn off Python in Settings.',
    },
    'python-failed': {
      title: 'Python didn’t start',
      detail: 'The model wrote code, and this browser couldn’t start what runs it.',
      advice: 'Close other tabs to free memory and ask again, or turn off Python in Settings.',
    },
  },
  engine: {
    'model-not-found': {
      title: 'Model not found',
      detail: 'This site doesn’t have its manifest.',
      advice: 'Choose another model, or check its name.',
    },
    network: {
      title: 'Couldn’t download the model',
      detail: 'The connection dropped before all of its files arrived.',
      advice: 'Check your connection and ask again. The download picks up where it stopped.',
    },
    'bad-manifest': {
      title: 'Couldn’t read the model’s manifest',
      detail: 'Its manifest.json doesn’t follow the format.',
      advice: 'Reload the page. If that doesn’t help, the folder or the mirror is broken: use another one.',
    },
    'bad-weights': {
      title: 'The model’s files are damaged',
      detail: 'A file doesn’t match its checksum in the manifest, so it wasn’t used.',
      advice: 'Ask again to download it again. If it’s your own folder, use a complete copy.',
    },
    'out-of-memory': {
      title: 'Not enough memory',
      detail: 'The browser couldn’t give the model the memory it needs.',
      advice:
        'Choose a smaller model or format, smaller pictures, or another device, or close other tabs. Then ask again.',
    },
    'device-lost': {
      title: 'The GPU stopped responding',
      detail: 'The browser or the driver reset it while the model was running. Finished steps are safe.',
      advice: 'Ask again to restart the model. If this keeps happening, choose WASM in Settings.',
    },
    'worker-crashed': {
      title: 'The model stopped unexpectedly',
      detail: 'The worker that runs it crashed. Finished steps are safe.',
      advice: 'Ask again to restart the model.',
    },
    'webgpu-unavailable': {
      title: 'WebGPU isn’t available',
      detail: 'This browser or device has no usable WebGPU.',
      advice: 'In Settings, choose Auto or WASM as the device, then ask again.',
    },
    'self-test-failed': {
      title: 'The model computes wrong results here',
      detail: 'It got a question with a known answer wrong, so its output can’t be trusted.',
      advice: 'Choose another device in Settings, or try another browser.',
    },
    'unsupported-model': {
      title: 'This model can’t run here',
      detail: 'This version doesn’t support its family or one of its operations.',
      advice: 'Choose another model.',
    },
    'context-full': {
      title: 'The conversation got too long',
      detail: 'The model’s context is full. Finished steps are safe.',
      advice: 'Use smaller pictures, ask a shorter question, or lower “Max looks” in Settings.',
    },
    'bad-request': {
      title: 'The model can’t do that',
      detail: 'A setting or the picture doesn’t work with this model.',
      advice: 'Reset the settings, or crop a very long picture, and ask again.',
    },
    'not-loaded': {
      title: 'The model isn’t loaded',
      detail: 'It was unloaded before the run started.',
      advice: again,
    },
    internal: {
      title: 'Something went wrong in the model',
      detail: 'An unexpected error ended the run. Finished steps are safe.',
      advice: again,
    },
    gated: {
      title: 'This model needs permission',
      detail: 'The hub only serves its files to people who accepted its terms.',
      advice: 'Accept the terms on the model’s page, add your access token, then ask again.',
    },
    quota: {
      title: 'Not enough space for this model',
      detail: 'Its files don’t fit in the storage the browser gives this page.',
      advice: 'Delete models you no longer need, free up disk space, or choose a smaller format, then ask again.',
    },
    offline: {
      title: 'You’re offline',
      detail: 'Some of the model’s files aren’t on this device yet.',
      advice: 'Connect and ask again. The download picks up where it stopped.',
    },
    server: {
      title: 'The server didn’t answer',
      detail: 'The model runs on a server, and the request failed. Finished steps are safe.',
      advice: 'Ask again, or choose another model.',
    },
  },
  image: {
    'not-an-image': {
      title: 'Not an image file',
      detail: 'It isn’t in any image format.',
      advice: 'Choose a PNG, JPEG, WebP, GIF, AVIF, or HEIC file.',
    },
    'unsupported-format': {
      title: 'Unsupported image format',
      detail: 'The browser can’t decode it.',
      advice: 'Save it as PNG or JPEG and open that.',
    },
    corrupt: {
      title: 'The picture is damaged',
      detail: 'It looks like a picture but can’t be fully decoded.',
      advice: 'Try another copy of the file.',
    },
    'too-large': {
      title: 'The picture is too large',
      detail: 'It has more pixels than Loupe can open.',
      advice: 'Shrink it to 50 megapixels or less and open it again.',
    },
    'file-too-large': {
      title: 'The file is too large',
      detail: 'It’s larger than Loupe can open.',
      advice: 'Open a smaller copy, such as a JPEG.',
    },
    empty: {
      title: 'The file is empty',
      detail: 'It has no data in it.',
      advice: 'Choose another file.',
    },
    'heic-failed': {
      title: 'Couldn’t read the HEIC picture',
      detail: 'The HEIC decoder didn’t load, or couldn’t read the file.',
      advice: 'Export it as JPEG and open that.',
    },
    'fetch-blocked': {
      title: 'That site doesn’t allow it',
      detail: 'Its server doesn’t let other pages load this picture.',
      advice: 'Save the picture and open the file.',
    },
    'fetch-failed': {
      title: 'Couldn’t load the picture',
      detail: 'The URL didn’t return a picture.',
      advice: 'Try again, or open the picture as a file.',
    },
    'bad-url': {
      title: 'Not a valid URL',
      detail: 'A picture’s URL starts with https://.',
      advice: 'Fix the URL, or open a file.',
    },
    'picture-memory': {
      title: 'Not enough memory for this picture',
      detail: 'The browser couldn’t decode it.',
      advice: 'Close other tabs or open a smaller copy.',
    },
    'worker-failed': {
      title: 'Couldn’t read the picture',
      detail: 'The worker that decodes pictures crashed.',
      advice: 'Try again. If it keeps happening, open a smaller copy.',
    },
  },
  library: {
    quota: {
      title: 'This browser’s storage is full',
      detail: 'Your saved runs are safe. The run on screen isn’t saved.',
      advice: 'Download it now, or delete runs you no longer need and save again.',
    },
    unavailable: {
      title: 'Runs can’t be saved here',
      detail: `${refused} Everything else works.`,
      advice: 'Use a regular window if you want to keep this run, or download it.',
    },
    blocked: {
      title: 'Another tab is in the way',
      detail: storageHeld,
      advice: 'Close other Loupe tabs and reload.',
    },
    outdated: {
      title: 'This tab is out of date',
      detail: 'A newer version of Loupe is open in another tab and has taken over the storage.',
      advice: 'Reload this tab to keep saving runs. If the run on screen isn’t saved, download it first.',
    },
    corrupt: {
      title: 'Couldn’t read this run',
      detail: 'What’s stored doesn’t follow the format.',
      advice: 'Delete it from the list.',
    },
    'not-found': {
      title: 'This run isn’t here',
      detail: 'It was deleted, or made in another browser.',
      advice: 'Choose a run from the list.',
    },
    removed: {
      title: 'This run was deleted',
      detail: 'You deleted it while it was running. It continues here, but isn’t saved anymore.',
      advice: 'Save it again if you didn’t mean to.',
    },
    internal: {
      title: 'Storage error',
      detail: 'The browser reported an unexpected error. The run on screen is fine.',
      advice: 'Reload the page if it happens again.',
    },
  },
  session: {
    'picture-missing': {
      title: 'This run’s picture is gone',
      detail: 'Its steps are here, but the file is no longer in this browser.',
      advice: 'Open the same picture again to see where the model looked.',
    },
    'fork-not-here': {
      title: 'Nothing to change here',
      detail: 'This step has nothing that can be changed that way.',
      advice: 'Choose another step. The run is as it was.',
    },
    'fork-no-form': {
      title: 'This model can’t be shown a region',
      detail: 'It has no way to ask for a closer look, so it can’t be given one.',
      advice: 'Choose another model, or ask about the region in words.',
    },
    'fork-outside': {
      title: 'That box is outside the picture',
      detail: 'There’s nothing to look at there.',
      advice: 'Draw it on the picture.',
    },
    'fork-cannot-go-on': {
      title: 'This model can’t continue your words',
      detail: 'Its server only starts a turn from the beginning.',
      advice: 'Move a box or ask again instead, or choose a model that runs in this page.',
    },
    'one-picture': {
      title: 'This model looks at one picture at a time',
      detail: 'Your question has several.',
      advice: 'Remove the others, or choose a model that takes several, such as Qwen3-VL or one on a server.',
    },
    'too-many-pictures': {
      title: 'No room for more pictures',
      detail: ({ count }: { readonly count: number }) => `A question can have ${count} pictures at most.`,
      advice: 'Remove one to add another.',
    },
    'erased-at-once': {
      title: 'Permanently deleted',
      detail: ({ count }: { readonly count: number }) =>
        `Storage was too full to keep what you deleted (${runs(count)}). The space is free now.`,
      advice: 'This can’t be undone. Everything else is safe.',
    },
    'not-restored': {
      title: 'Couldn’t restore everything',
      detail: ({ count }: { readonly count: number }) =>
        `${runs(count)} had already been erased, in another tab or to make space for a new run.`,
      advice: 'Whatever could be restored is in the list. Runs you have as files can be imported.',
    },
    'others-left': {
      title: 'Opened one picture',
      detail: ({ count }: { readonly count: number }) =>
        `You brought ${counted(count, { one: 'item', other: 'items' })}. The first picture was opened.`,
      advice: 'To ask about several at once, add the others under the question.',
    },
    'cut-off': {
      title: 'This file is incomplete',
      detail: 'It’s damaged or wasn’t fully copied. Missing parts may look gray or empty.',
      advice: 'Use a complete copy if you have one.',
    },
    unexpected: {
      title: 'Something unexpected happened',
      detail: 'Loupe ran into an error it doesn’t recognize.',
      advice: again,
    },
  },
  /** Said for as long as it is so. */
  unkept: {
    blocked: {
      title: 'Runs will be lost when you close this tab',
      detail: storageHeld,
      advice: 'Close other Loupe tabs and reload. Your saved runs are still there.',
    },
    outdated: {
      title: 'Runs will be lost when you close this tab',
      detail: 'A newer version of Loupe ran here, and this one can’t read what it saved.',
      advice: 'Reload this page. Your saved runs are still there.',
    },
    refused: {
      title: 'Runs will be lost when you close this tab',
      detail: refused,
      advice: 'Download any runs you want to keep.',
    },
  },
};
