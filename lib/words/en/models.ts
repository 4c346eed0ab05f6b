/** The choice of a model: what is offered, what is said before a download, how far it is, what it leaves on the disk. */
import { countingIn } from '../counting';

const { number, counted } = countingIn('en');

export const models = {
  title: 'Models',
  sections: {
    inUse: 'In use',
    choose: 'Choose',
    server: 'On a server',
    fromHere: 'From this device',
    onDisk: 'On this disk',
    sources: 'Source',
  },
  devices: { webgpu: 'WebGPU', wasm: 'WASM', remote: 'a server' },

  /** A larger model, where the shipped one can't help. */
  offer: {
    get: (name: string) => `Use ${name}…`,
    choose: 'Choose a larger model…',
    about: (size: string) => `about ${size}`,
    takes: (seconds: number) => {
      const minutes = Math.ceil(seconds / 60);
      return `about ${counted(minutes, { one: 'minute', other: 'minutes' })} to download`;
    },
  },
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
    itsOwn: 'custom format',
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
  dialects: {
    'nano-1': 'Loupe’s own',
    'qwen-tools': 'Qwen’s tool calls, in JSON',
    'qwen-xml': 'Qwen3.5’s tool calls, in XML',
    'gemma-tools': 'Gemma 4’s tool calls, from documentation',
    'zoom-json': 'a JSON call described in the prompt',
  },
  /** What a model was taught: a sentence of each. */
  training: {
    boxes: {
      trained: 'Trained for boxes.',
      untrained: 'Not trained for boxes; zooms may miss.',
      unknown: 'May not be trained for boxes; zooms may miss.',
    },
    calls: {
      trained: 'Trained to call tools in this form.',
      untrained: 'Not trained to call tools in this form; constrained decoding keeps its calls valid.',
      unknown: 'May not be trained to call tools; constrained decoding keeps its calls valid.',
    },
  },
  /** What a GPU must have for it, as a sentence's end. */
  features: { 'shader-f16': 'a GPU with half precision (WebGPU with shader-f16)' },
  nothingSpecial: 'nothing special (runs on WebGPU and WASM)',

  fit: {
    verdicts: { good: 'Fits this device', tight: 'May be slow or not fit', no: 'Can’t run here' },
    runs: (device: string) => `It should run here on ${device}.`,
    /** A sentence each, one after the other. */
    reasons: {
      'lacks-features': ({ features }: { readonly features: string }) =>
        `This format needs ${features}, which this GPU doesn’t have. Choose q4 or q8.`,
      'table-too-large': ({ table, buffer }: { readonly table: string; readonly buffer: string }) =>
        `Its largest table is about ${table}, but this GPU’s buffers hold ${buffer} at most. Choose a smaller model.`,
      'eight-bits-on-gpu': '8-bit files are made for CPUs; on GPUs, some produce gibberish. Prefer q4.',
      'half-precision-doubtful':
        'Half-precision files of this family have been reported to produce nonsense. Prefer q4.',
      'four-bits-on-wasm': '4-bit files are about twelve times slower than 8-bit ones on WASM. Choose q8 if available.',
      'heap-too-large': ({ heap }: { readonly heap: string }) =>
        `It needs about ${heap} of WebAssembly memory, and the limit is 4 GB. Choose a smaller format.`,
      'more-than-machine': ({ memory, machine }: { readonly memory: string; readonly machine: number }) =>
        `It needs about ${memory} of memory; this computer reports ${machine} GB.`,
      'most-of-machine': ({ memory }: { readonly memory: string }) =>
        `It needs about ${memory} of memory, most of what this computer has. Close other tabs.`,
      'disk-full': ({ left, free }: { readonly left: string; readonly free: string }) =>
        `${left} left to download, but the browser only has ${free} left for this page. Delete models you no longer need.`,
    },
  },

  list: {
    shipped: 'Loupe Nano',
    shippedAbout: 'Comes with the app. Trained by demonstration on Loupe’s own scenes; photos are beyond it.',
    cached: (size: string) => `cached, ${size}`,
    offline:
      'You’re offline. Loupe Nano and models marked “cached” work now. The others can be downloaded when you’re back online; the suggestion below is for then.',
    inUse: 'In use',
    suggested: 'Suggested for this device',
    /** Headings, in their order, for who knows none of the names. */
    uses: { zooming: 'Best for zooming', small: 'Small and fast', other: 'Others' },
    can: {
      zooming: {
        full: 'Trained for boxes and tool calls.',
        part: 'Trained for boxes; learns the call from the prompt.',
      },
      small: {
        full: 'Light; trained for boxes and tool calls.',
        part: 'Light; trained for boxes; learns the call from the prompt.',
      },
      other: { full: 'Trained for boxes and tool calls.', part: 'Trained for boxes; learns the call from the prompt.' },
      untrained: 'Answers questions, but not trained for boxes; zooms may miss.',
      unknown: 'May not be trained for boxes; zooms may miss.',
    },
    terms: { unstated: 'No license given.', research: 'Research only.' },
    described: 'Its family was built from documentation, without a real export to test.',
    /** A word or two each: size, thought, device. */
    marks: {
      parameters: (millions: number) =>
        millions >= 1000 ? `${millions / 1000}B parameters` : `${millions}M parameters`,
      about: (size: string) => `about ${size} in 4 bits`,
      away: 'needs a connection',
      size: (size: string, dtype: string) => `${size} in ${dtype}`,
      thinks: 'can think',
      devices: { any: 'runs anywhere', webgpu: 'best on WebGPU' },
      slowHere: 'very slow here without WebGPU',
    },
  },
  form: {
    label: 'Any Hub model',
    placeholder: 'owner/name',
    look: 'Check',
    wrong: 'Enter owner/name, such as HuggingFaceTB/SmolVLM-256M-Instruct.',
    hint: 'It needs ONNX files; many are under onnx-community. Nothing large downloads until you say so.',
    inParticular: 'Specific revision',
    revision: 'Revision',
    revisionPlaceholder: 'main, a tag, or a commit',
  },
  hubModel: {
    back: 'All models',
    asking: (host: string) => `Checking ${host}…`,
    memory: (size: string, needs: string) => `Uses about ${size} of memory. Needs ${needs}.`,
    use: 'Use this model',
    download: (size: string) => `Download ${size} and use it`,
    downloadRest: (size: string) => `Download the remaining ${size} and use it`,
    allTheSame: (download: string) => `${download} anyway`,
    license: 'License',
    noLicense: 'Not given',
    access: 'Access',
    gated: 'You have to accept its terms first.',
    family: 'Family',
    training: 'Training',
    frame: 'Box coordinates',
    dialect: 'Tool calls',
    context: 'Context',
    tokens: (count: number) => `${number(count)} tokens`,
    commit: 'Commit',
    assumed: (what: string) => `${what} (assumed)`,
    verified: 'Tested',
    notVerified: 'Not tested',
    /** What was seen to work while this app was made, and what could not be seen. */
    verifications: {
      family: {
        done: 'Its family, with small models of the same shape and random weights.',
        not: 'These weights: how well it answers, finds places, and runs on your device.',
      },
      weights: { done: 'These weights, in this app.', not: 'How well it runs on your device.' },
      described: {
        done: 'Its family as documented, with a small model and random weights.',
        not: 'Whether real exports have this shape; these weights.',
      },
    },
    page: 'View on the Hub',
  },
  wishes: {
    largest: 'Max picture size',
    asFits: 'Automatic',
    largestHint: 'Smaller pictures use less memory and time and leave room for more looks; crops stay sharp.',
    /** By the share of a megapixel that they are called by. */
    sizes: { 1: '1 megapixel', 2: '½ megapixel', 4: '¼ megapixel', 8: '⅛ megapixel' },
    megapixels: (count: number) => `${number(count, { maximumSignificantDigits: 2 })} megapixels`,
    think: 'Think first',
    thinkHint: 'Reasons at length before it looks or answers. Slower; raise “Max new tokens” in Settings.',
    thinkUnsaid: 'Not set: uses the model’s default.',
  },
  folder: {
    about:
      'Choose<drop> or drop</drop> a model folder as it is on the Hub, or its files: <file>config.json</file>, <file>tokenizer.json</file>, and the <file>.onnx</file> files. They’re copied into this browser’s storage.',
    chooseFolder: 'Choose a folder',
    chooseFiles: 'Choose files',
    copying: (name: string, done: string, total: string) => `Copying ${name}: ${done} of ${total}`,
    reading: 'Reading files…',
    copied: (name: string) => `Copied ${name}.`,
    use: 'Use it',
    copyAndUse: 'Copy and use',
    folderOfModel: 'Model folder',
    filesOfModel: 'Model files',
  },

  inUse: {
    pause: 'Pause',
    resume: 'Resume',
    kept: 'What’s downloaded so far is saved in this browser.',
    waiting: (other: string) => `${other} is answering a question. This one is next.`,
    stopThatRun: 'Stop that run',
    stop: 'Stop',
    backTo: (name: string) => `Back to ${name}`,
    loadedOn: 'Loaded on <device/>.',
    nextQuestion: 'It will answer your next question; another model is still answering this one.',
    onDemand: 'Loads with your next question.',
    loadAfterRun: 'Load after this run',
    loadNow: 'Load now',
    said: {
      downloading: (name: string) => `Downloading ${name}.`,
      starting: (name: string) => `Starting ${name}.`,
      paused: (name: string) => `Download of ${name} paused.`,
      waiting: (name: string) => `${name} is waiting for the run to finish.`,
      ready: (name: string) => `${name} is ready.`,
    },
  },
  load: {
    paused: 'Paused',
    asking: 'Checking what to download',
    downloading: 'Downloading',
    compiling: 'Compiling',
    compiled: (done: number, total: number) => `${done} of ${total}`,
    waiting: 'Waiting for another Loupe tab to finish. Only one model fits at a time',
    checking: 'Checking that it computes correctly here',
    ready: 'Ready',
    filesHere: (here: number, all: number) => `${here} of ${all} files downloaded`,
    files: 'Files',
  },
  smaller: {
    format: (dtype: string, memory: string) => `Use ${dtype} (about ${memory} of memory)`,
    pictures: (size: string) => `Use ${size} pictures`,
  },
  /** What may be done about a failure besides trying again. */
  ways: {
    page: 'Open its page',
    token: 'Enter a token',
    hub: 'Choose another hub',
    kept: 'See what’s on this disk',
    models: 'Other models',
    smaller: 'Choose something smaller',
  },

  disk: {
    looking: 'Checking…',
    none: 'No models saved in this browser yet.',
    total: (size: string) => `About ${size} in this browser’s storage.`,
    list: 'Models on this disk',
    notAll: (part: string, whole: string) => `${part} of ${whole}, incomplete`,
    inUse: ' · in use',
    sure: (name: string) => `Delete ${name}?`,
    keep: 'Keep',
    delete: 'Delete',
    deleteSize: (size: string) => `Delete ${size}`,
    deleteNamed: (name: string) => `Delete ${name}`,
    use: 'Use',
    goOn: 'Continue',
    useNamed: (name: string) => `Use ${name}`,
    busy: 'Nothing was deleted, because a model is loading here or in another tab. Pause it or wait, then try again.',
    deletedShared: (name: string) => `Deleted ${name}. Its files stay because another model needs them.`,
    deleted: (name: string, size: string) => `Deleted ${name}. ${size} freed.`,
    restStays: 'The rest stays because another model needs it.',
  },
  hub: {
    label: 'Hub',
    other: 'Another address',
    names: { 'https://huggingface.co': 'Hugging Face', 'https://hf-mirror.com': 'hf-mirror.com' },
    about: (host: string) =>
      `Models are downloaded from ${host} and checked against the hashes it publishes. Nothing of yours is sent there.`,
    ofServer: 'Set by this server.',
    address: 'Hub address',
    addressPlaceholder: 'https://…',
    addressWrong:
      'Not a valid hub address. It starts with https:// (like HF_ENDPOINT); http:// only works for localhost.',
    token: 'Access token',
    tokenPlaceholder: 'hf_…',
    tokenSet: 'Set',
    forget: 'Remove',
    tokenWrong: 'Not a valid token: it has a space or another character tokens don’t have. Copy it again.',
    tokenHint: (host: string) =>
      `Only needed for models that require permission. Saved in this browser and sent only to ${host}.`,
    tokenKept: (host: string) =>
      `A token is set. It’s saved in this browser, sent only to ${host}, and removed when you switch hubs.`,
  },
};
