/** Models behind a server: choosing one, how it is asked, and what goes wrong on the way. */
import { countingIn } from '../counting';

const { counted } = countingIn('en');

const tokens = (count: number) => counted(count, { one: 'token', other: 'tokens' });
const pictures = (count: number) => counted(count, { one: 'picture', other: 'pictures' });

export const servers = {
  about: 'Use a model that runs on your own machine or network, or at a provider with your API key.',
  preset: 'Server',
  presets: {
    vllm: 'vLLM',
    sglang: 'SGLang',
    'lm-studio': 'LM Studio',
    ollama: 'Ollama',
    'llama-cpp': 'llama.cpp',
    anthropic: 'Anthropic',
    gemini: 'Google Gemini',
    openai: 'OpenAI',
    other: 'Other address',
  },
  ofThisSite: ({ name }: { readonly name: string }) => `${name} (through this site)`,
  address: 'Address',
  addressPlaceholder: 'http://localhost:8000',
  addressWrong: 'That isn’t a web address. Don’t put a sign-in in it; enter the key below.',
  wire: 'API',
  wires: {
    chat: 'OpenAI Chat Completions',
    messages: 'Anthropic Messages',
    gemini: 'Gemini generateContent',
    responses: 'OpenAI Responses',
  },
  key: 'Key',
  keyPlaceholder: 'Only if the server asks for one',
  keySet: 'Key saved in this browser',
  keyHint: 'Stays in this browser and is sent only to this server. Runs, links, and exports never include it.',
  keyOfSite: 'This site has its own key for this server.',
  keyWrong: 'Keys have no spaces or special characters.',
  forget: 'Remove',
  connect: 'List models',
  connecting: 'Connecting…',
  found: (count: number) => counted(count, { one: 'model', other: 'models' }),
  model: 'Model',
  modelTyped: 'The server doesn’t list its models. Type a model’s name.',
  use: 'Use this model',

  how: 'Request options',
  dialect: 'Dialect',
  dialects: {
    deepeyes: 'DeepEyes',
    'deepeyes-last': 'DeepEyes, last call (as in training)',
    'deepeyes-v2': 'DeepEyesV2 (code and search)',
    'qwen-tools': 'Qwen2-VL, 2.5-VL, 3-VL',
    'qwen-xml': 'Qwen3.5',
    'mini-o3': 'Mini-o3',
    'pixel-reasoner': 'Pixel-Reasoner',
    'gemma-tools': 'Gemma 4',
    'zoom-json': 'Plain JSON, for any model',
    native: 'The server’s own tool calls',
    'native-yx': 'The server’s own tool calls, y before x',
  },
  own: {
    /** In the list of dialects. */
    option: ({ name }: { readonly name: string }) => `${name} (yours)`,
    write: 'Write your own',
    edit: 'Edit',
    bring: 'Import…',
    save: 'Save',
    cancel: 'Cancel',
    give: 'Export',
    remove: 'Delete',
    heading: 'Your dialect',
    name: 'Name',
    prompt: 'System prompt',
    plainPrompt: 'System prompt when zooming is off',
    call: 'A call, with {x1}, {y1}, {x2}, {y2} and optionally {label}',
    callHint: 'Write it between two tags, the way the model should. Thoughts go in <think> and answers in <answer>.',
    shown: 'Sent back with the crop, which replaces {picture}',
    refused: 'Sent back when a call fails; the reason replaces {error}',
    trying: 'Try it on a reply',
    tryingHint: 'Paste what a model wrote to see how it’s read.',
    read: 'Read as',
    parts: { think: 'Thought', answer: 'Answer', call: 'Call', nothing: 'Nothing' },
    unread: 'Call that can’t be read',
    notKept: 'This browser doesn’t allow storage, so the dialect lasts until you close the page. Export it to keep it.',
    replaced: 'There’s already a dialect with that name. Saving replaces it.',
    problems: {
      name: 'Give it a name of up to 60 characters.',
      long: 'That’s too long. Prompts can have 20,000 characters, the other fields 2,000.',
      'no-dialect': 'That file isn’t a dialect exported from Loupe.',
      newer: 'That dialect was exported from a newer version of Loupe. Reload the page to update.',
      tags: 'Put the call between two different tags, such as <tool_call> and </tool_call>. They can’t be the ones for thoughts or answers.',
      places: 'The call needs each of {x1}, {y1}, {x2}, {y2} exactly once, and {label} at most once.',
      order: 'In the call, put {x1} before {x2}, and {y1} before {y2}.',
      touching: 'In the call, put something between the numbers, such as a comma.',
      'label-end': 'In the call, {label} has to be followed by a quotation mark, < or a new line.',
      'picture-place': 'What’s sent back with the crop needs {picture} exactly once.',
      'error-place': 'What’s sent back when a call fails needs {error} exactly once.',
    },
    /** The name of a new one. */
    starter: 'My dialect',
  },
  frame: 'Box coordinates',
  frames: {
    thousandths: 'thousandths, 0 to 1000',
    fractions: 'fractions, 0 to 1',
    'resized-pixels': 'pixels of the picture sent',
    'original-pixels': 'pixels of the original',
  },
  picture: 'Send pictures as',
  pictures: { png: 'PNG (exact)', jpeg: 'JPEG (smaller)' },
  maxPixels: 'Max pixels',
  maxPixelsHint:
    'Larger pictures are scaled down before sending. If the server’s own limit is lower, boxes will be off.',
  minPixels: 'Min pixels',
  tokens: 'Max new tokens per turn',
  tokensHint: 'For this model, replaces the limit in Settings.',
  minPixelsHint: 'Smaller pictures and crops are enlarged before sending.',

  /** What happened, then what to do about it. */
  problems: {
    'wrong-address': 'This address doesn’t have that API. Check the port and the path; most addresses end in /v1.',
    'bad-address': 'This isn’t a valid address of a model on a server. Choose the model again.',
    unreachable:
      'Couldn’t reach a server at this address. Check that it’s running and listening on this host and port.',
    cors: 'The server is running but doesn’t allow requests from web pages. Start vLLM with --allowed-origins, Ollama with OLLAMA_ORIGINS, LM Studio with --cors, or have this site forward requests (LOUPE_ENDPOINTS).',
    'cors-or-unreachable':
      'Couldn’t read an answer from this address. Check that a server is running there and that it allows requests from web pages: start vLLM with --allowed-origins, Ollama with OLLAMA_ORIGINS, LM Studio with --cors, or have this site forward requests (LOUPE_ENDPOINTS).',
    'mixed-content':
      'This page uses https and the server plain http, which browsers block. Open Loupe over http on the same machine, give the server https, or have this site forward requests (LOUPE_ENDPOINTS).',
    'local-network':
      'The browser is keeping this page off your local network. In the address bar, allow local network access for this site, then try again.',
    policy:
      'This site’s security policy doesn’t allow that address. Whoever runs the site can allow it with LOUPE_CONNECT, or forward requests with LOUPE_ENDPOINTS.',
    'key-refused': 'The server didn’t accept the key. Check it, or enter one if you haven’t.',
    'unknown-model': ({ model }: { readonly model: string }) =>
      `The server doesn’t have “${model}”. List its models and choose another.`,
    'too-many-requests': ({ seconds }: { readonly seconds: number | null }) =>
      `The server is getting too many requests. Wait ${seconds === null ? 'a while' : counted(seconds, { one: 'second', other: 'seconds' })}, then ask again.`,
    'picture-format':
      'The server couldn’t read the picture. Switch between PNG and JPEG, and check that the model accepts pictures.',
    'too-many-pictures': ({ most }: { readonly most: number | null }) =>
      `The server accepts ${most === null ? 'fewer pictures than this run has' : `at most ${pictures(most)}`}. Lower “Max looks”, or raise the server’s limit (vLLM: --limit-mm-per-prompt).`,
    'context-overflow': ({ most }: { readonly most: number | null }) =>
      `The run doesn’t fit in the server’s context${most === null ? '' : ` of ${tokens(most)}`}. Send smaller pictures, lower “Max looks”, or start the server with a longer context.`,
    'stream-died':
      'The server stopped in the middle of an answer. Finished steps are safe. Continue from there once it’s back.',
    'not-an-api': 'This address returned a web page or other text. Check it; most addresses end in /v1.',
    failed: ({ status }: { readonly status: number }) =>
      `The server failed with status ${status}. Check its log, then try again.`,
    refused: ({ status, words }: { readonly status: number; readonly words: string }) =>
      `The server refused the request (${status}): ${words || 'it didn’t say why.'} Change the setting it names and ask again.`,
    blocked: ({ why }: { readonly why: string }) =>
      `The provider declined to answer (${why}). Try wording the question differently.`,
  },

  notes: {
    'logprobs-refused': 'This server doesn’t give token probabilities for turns like these.',
    'logprobs-absent': 'This server didn’t give token probabilities.',
    'logprobs-differ': 'The server’s tokens don’t match its text, so probabilities are left out from that point on.',
    'setting-dropped': ({ setting }: { readonly setting: string }) =>
      `This server doesn’t accept “${setting}”, so it was left out.`,
  },
};
