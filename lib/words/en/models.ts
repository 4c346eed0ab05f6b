/** The choice of a model: what is offered, what is said before a download, how far it is, what it leaves on the disk. */
import { countingIn } from '../counting';

const { number } = countingIn('en');

export const models = {
  title: 'Models',
  sections: {
    inUse: 'In use',
    choose: 'Choose',
    fromHere: 'From this device',
    onDisk: 'On this disk',
    sources: 'Where they come from',
  },
  devices: { webgpu: 'WebGPU', wasm: 'WASM' },
  /** So much of so much. */
  amount: (part: string, whole: string) => `${part} of ${whole}`,

  formats: {
    legend: 'Format',
    named: {
      fp32: 'full precision',
      fp16: 'half precision',
      q8: '8 bits',
      int8: '8 bits, signed',
      uint8: '8 bits, unsigned',
      q4: '4 bits',
      q4f16: '4 bits, half precision',
      bnb4: '4 bits, bitsandbytes',
    },
    itsOwn: 'a format of its own',
    cached: 'cached',
    partCached: (size: string) => `${size} cached`,
    needs: (feature: string) => `needs ${feature}`,
  },
  frames: {
    thousandths: 'thousandths of the picture',
    'original-pixels': 'pixels of the picture',
    'resized-pixels': 'pixels of the picture as the model sees it',
    fractions: 'fractions of the picture, 0 to 1',
  },
  protocols: {
    'nano-1': 'Loupe’s own',
    'qwen-tools': 'Qwen’s tool calls, in JSON',
    'qwen-xml': 'Qwen3.5’s tool calls, in XML',
    'gemma-tools': 'Gemma 4’s tool calls, from descriptions',
    'zoom-json': 'a call in JSON, taught in the prompt',
  },
  /** What a model was taught: a sentence of each. */
  training: {
    boxes: {
      trained: 'It was trained to name places in a picture.',
      untrained: 'It was never trained to name places in a picture: its boxes are guesses.',
      unknown: 'Whether it was trained to name places is not told: its boxes may be guesses.',
    },
    calls: {
      trained: 'It was trained to call tools in the form used here.',
      untrained:
        'It was never trained to call tools in the form used here; a grammar makes it write calls that can be read.',
      unknown: 'Whether it was trained to call tools is not told; a grammar makes it write calls that can be read.',
    },
  },
  /** What a GPU must have for it, as a sentence's end. */
  features: { 'shader-f16': 'a GPU that computes in half precision (WebGPU with shader-f16)' },
  nothingSpecial: 'nothing special: it runs on WebGPU and on WASM',

  fit: {
    verdicts: { good: 'Fits this device', tight: 'May be slow here, or not fit', no: 'Does not run here' },
    runs: (device: string) => `As far as can be told beforehand, it runs here on ${device}.`,
    /** A sentence each, one after the other. */
    reasons: {
      'lacks-features': ({ features }: { readonly features: string }) =>
        `The graphics device lacks ${features}, which this format needs. Choose q4 or q8.`,
      'table-too-large': ({ table, buffer }: { readonly table: string; readonly buffer: string }) =>
        `Its largest table takes about ${table}, the graphics device's buffers at most ${buffer}. Choose a smaller model.`,
      'eight-bits-on-gpu':
        'Eight-bit files are made for the processor; on graphics devices some of them have answered with gibberish. Prefer q4.',
      'half-precision-doubtful':
        'Others found the half-precision files of this family to answer with nonsense. Prefer q4.',
      'four-bits-on-wasm':
        'Four-bit files are some twelve times slower on WASM than eight-bit ones. Choose q8 where it is offered.',
      'heap-too-large': ({ heap }: { readonly heap: string }) =>
        `It needs about ${heap} of WebAssembly memory, of which there are 4 GB at most. Choose a smaller format.`,
      'more-than-machine': ({ memory, machine }: { readonly memory: string; readonly machine: number }) =>
        `It needs about ${memory} of memory; this machine says that it has ${machine} GB.`,
      'most-of-machine': ({ memory }: { readonly memory: string }) =>
        `It needs about ${memory} of memory, most of what this machine has. Close other tabs.`,
      'disk-full': ({ left, free }: { readonly left: string; readonly free: string }) =>
        `${left} are still to be downloaded, and the browser gives this page ${free} more. Delete models you no longer need.`,
    },
  },

  list: {
    shipped: 'Loupe Nano',
    shippedAbout:
      'Ships with the app. Trained on Loupe’s own scenes, by demonstrations; photographs are outside its world.',
    cached: (size: string) => `cached, ${size}`,
    inUse: 'In use',
    suggested: 'Suggested for this device',
    /** Headings, in their order, for who knows none of the names. */
    uses: { zooming: 'Best for zooming', small: 'Small and quick', other: 'Others' },
    can: {
      zooming: {
        full: 'Points at places and calls the zoom as it was taught.',
        part: 'Points at places; the call is taught in the prompt.',
      },
      small: {
        full: 'Light, and taught to point and to call.',
        part: 'Light and taught to point; the call is taught in the prompt.',
      },
      other: { full: 'Taught to point and to call.', part: 'Points at places; the call is taught in the prompt.' },
      untrained: 'Answers about pictures, but was never taught to point: its zooms are guesses.',
      unknown: 'Whether it was taught to point is not told: its zooms may be guesses.',
    },
    terms: { unstated: 'No licence is stated.', research: 'For research only.' },
    described: 'Its family was made from descriptions; no export of it was seen.',
    /** A word or two each: size, thought, device. */
    marks: {
      parameters: (millions: number) =>
        millions >= 1000 ? `${millions / 1000} B parameters` : `${millions} M parameters`,
      size: (size: string, dtype: string) => `${size} in ${dtype}`,
      thinks: 'can think',
      devices: { any: 'runs anywhere', webgpu: 'wants WebGPU' },
      slowHere: 'very slow here without WebGPU',
    },
  },
  form: {
    label: 'Any model of the hub',
    placeholder: 'owner/name',
    look: 'Look',
    wrong: 'A model’s name is owner/name, as in HuggingFaceTB/SmolVLM-256M-Instruct.',
    hint: 'It needs ONNX files; many are under onnx-community. Nothing large is fetched before you say so.',
    inParticular: 'A revision in particular',
    revision: 'Revision',
    revisionPlaceholder: 'main, a tag or a commit',
  },
  hubModel: {
    back: 'All models',
    asking: (host: string) => `Asking ${host} what there is …`,
    memory: (size: string, needs: string) => `About ${size} of memory while it works. Needs ${needs}.`,
    use: 'Use this model',
    download: (size: string) => `Download ${size} and use it`,
    downloadRest: (size: string) => `Download the other ${size} and use it`,
    allTheSame: (download: string) => `${download} all the same`,
    license: 'Licence',
    noLicense: 'Its card does not say.',
    access: 'Access',
    gated: 'Its owner wants terms accepted first.',
    family: 'Family',
    training: 'Training',
    frame: 'Names places in',
    protocol: 'Asks to look by',
    context: 'Longest run',
    tokens: (count: number) => `${number(count)} tokens`,
    commit: 'Commit',
    assumed: (what: string) => `${what} (assumed)`,
    verified: 'Verified here',
    notVerified: 'Not verified',
    /** What was seen to work while this app was made, and what could not be seen. */
    verifications: {
      family: {
        done: 'Its family, with small models of its exact shape and random weights.',
        not: 'These weights: how well it answers, finds places and runs on your device.',
      },
      weights: { done: 'These weights, in this app.', not: 'How well it runs on your device.' },
      described: {
        done: 'Its family as descriptions have it, with a small model and random weights.',
        not: 'That an export of it has this shape: none was seen. These weights.',
      },
    },
    page: 'Its page on the hub',
  },
  wishes: {
    largest: 'Largest picture',
    asFits: 'As fits a run',
    largestHint: 'Smaller pictures take less memory and time, and leave room for more looks; crops stay sharp.',
    /** By the share of a megapixel that they are called by. */
    sizes: { 1: '1 megapixel', 2: '½ megapixel', 4: '¼ megapixel', 8: '⅛ megapixel' },
    megapixels: (count: number) => `${number(count, { maximumSignificantDigits: 2 })} megapixels`,
    think: 'Let it think first',
    thinkHint:
      'It reasons at length before it looks or answers. Slower; give it more “Most new tokens” in the settings.',
    thinkUnsaid: 'Not chosen yet: the model does as it usually does.',
  },
  folder: {
    about:
      'Choose<drop> or drop</drop> a model’s folder as the hub has it, or its files: <file>config.json</file>, <file>tokenizer.json</file> and the <file>.onnx</file> files. They are copied into this browser’s storage.',
    chooseFolder: 'Choose a folder',
    chooseFiles: 'Choose files',
    copying: (name: string, done: string, total: string) => `Copying ${name}: ${done} of ${total}`,
    reading: 'Reading the files …',
    copied: (name: string) => `${name} is copied.`,
    use: 'Use it',
    copyAndUse: 'Copy it and use it',
    folderOfModel: 'Folder of a model',
    filesOfModel: 'Files of a model',
  },

  inUse: {
    pause: 'Pause',
    resume: 'Resume',
    kept: 'What has arrived is kept in this browser.',
    waiting: (other: string) => `A question is being answered with ${other}. This one comes after it.`,
    stopThatRun: 'Stop that run now',
    stop: 'Stop',
    backTo: (name: string) => `Back to ${name}`,
    loadedOn: 'Loaded, on <device/>.',
    nextQuestion: 'It answers the next question; the one on its way is still another’s.',
    onDemand: 'It is loaded with the next question, or now.',
    loadAfterRun: 'Load it after this run',
    loadNow: 'Load it now',
    said: {
      downloading: (name: string) => `Downloading ${name}.`,
      starting: (name: string) => `Starting ${name}.`,
      paused: (name: string) => `The download of ${name} is paused.`,
      waiting: (name: string) => `${name} waits for the run to end.`,
      ready: (name: string) => `${name} is ready.`,
    },
  },
  load: {
    paused: 'Paused',
    asking: 'Asking what there is to fetch',
    downloading: 'Downloading',
    compiling: 'Compiling',
    compiled: (done: number, total: number) => `${done} of ${total}`,
    waiting: 'Waiting for another page of Loupe to finish: this device has room for one model',
    checking: 'Checking that it computes right here',
    ready: 'Ready',
    filesHere: (here: number, all: number) => `${here} of ${all} files are here`,
    files: 'Files',
  },
  smaller: {
    format: (dtype: string, memory: string) => `Use ${dtype} (about ${memory} of memory)`,
    pictures: (size: string) => `Use pictures of ${size}`,
  },
  /** What may be done about a failure besides trying again. */
  ways: {
    page: 'Open its page',
    token: 'Enter a token',
    hub: 'Choose another hub',
    kept: 'See what is on this disk',
    models: 'Other models',
    smaller: 'Choose something smaller',
  },

  disk: {
    looking: 'Looking …',
    none: 'No model is kept in this browser yet.',
    total: (size: string) => `About ${size} in this browser’s storage.`,
    list: 'Models on this disk',
    notAll: (part: string, whole: string) => `${part} of ${whole}, not all of it`,
    inUse: ' · in use',
    sure: (name: string) => `Delete ${name}?`,
    keep: 'Keep',
    delete: 'Delete',
    deleteSize: (size: string) => `Delete ${size}`,
    deleteNamed: (name: string) => `Delete ${name}`,
    use: 'Use',
    goOn: 'Go on',
    useNamed: (name: string) => `Use ${name}`,
    busy: 'Nothing was deleted: a model is being loaded, here or in another tab. Pause it or wait, then try again.',
    deletedShared: (name: string) => `${name} is deleted. Its files stay: another model here needs them.`,
    deleted: (name: string, size: string) => `${name} is deleted: ${size} are free again.`,
    restStays: 'The rest stays: another model here needs it.',
  },
  hub: {
    label: 'Hub',
    other: 'Another address',
    names: { 'https://huggingface.co': 'Hugging Face', 'https://hf-mirror.com': 'hf-mirror.com' },
    about: (host: string) =>
      `Models are fetched from ${host} and checked against the hashes it tells. Nothing of yours is sent there.`,
    ofServer: 'Whoever set up this server chose it.',
    address: 'Address of the hub',
    addressPlaceholder: 'https://…',
    addressWrong:
      'That is no address that can be used: it begins with https:// (what HF_ENDPOINT would be set to); http:// is for localhost alone.',
    token: 'Access token',
    tokenPlaceholder: 'hf_…',
    tokenSet: 'One is set',
    forget: 'Forget it',
    tokenWrong: 'That is no token: it has a space, or a character that no token has. Copy it again, whole and alone.',
    tokenHint: (host: string) =>
      `Only for models that ask for permission. Kept in this browser only, and sent to ${host} alone.`,
    tokenKept: (host: string) =>
      `A token is set. It is kept in this browser only, sent to ${host} alone, and forgotten with another hub.`,
  },
};
