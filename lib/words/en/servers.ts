/** Models behind a server: choosing one, what leaves this device for it, and what goes wrong on the way. */

const tokens = (count: number): string => `${count.toLocaleString('en-US')} tokens`;

export const servers = {
  about: 'Ask a model that runs elsewhere: on your own machine or network, or at a provider with a key of yours.',
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
    other: 'Another address',
  },
  ofThisSite: ({ name }: { readonly name: string }) => `${name} (through this site)`,
  address: 'Address',
  addressPlaceholder: 'http://localhost:8000',
  addressWrong: 'This is no web address. A sign-in inside an address is not taken: put the key below.',
  wire: 'It speaks',
  wires: {
    chat: 'OpenAI Chat Completions',
    messages: 'Anthropic Messages',
    gemini: 'Gemini generateContent',
    responses: 'OpenAI Responses',
  },
  key: 'Key',
  keyPlaceholder: 'Only if the server asks for one',
  keySet: 'A key is kept in this browser',
  keyHint: 'Kept in this browser alone and sent to this server alone. It is in no run, share or export.',
  keyOfSite: 'This site has a key of its own for it.',
  keyWrong: 'A key has no spaces and no special characters.',
  forget: 'Forget',
  connect: 'See its models',
  connecting: 'Asking the server…',
  found: (count: number) => (count === 1 ? 'One model' : `${count} models`),
  model: 'Model',
  modelTyped: 'The server lists no models. Type the name of one.',
  use: 'Use this model',

  how: 'How it is asked',
  dialect: 'Dialect',
  dialects: {
    deepeyes: 'DeepEyes',
    'deepeyes-last': 'DeepEyes, last call (as in its training)',
    'qwen-tools': 'Qwen2-VL, 2.5-VL, 3-VL',
    'qwen-xml': 'Qwen3.5',
    'mini-o3': 'Mini-o3',
    'pixel-reasoner': 'Pixel-Reasoner',
    'zoom-json': 'Plain JSON, for any model',
    native: 'The server’s own tool calls',
    'native-yx': 'The server’s own tool calls, y before x',
  },
  frame: 'Its boxes count in',
  frames: {
    thousandths: 'thousandths, 0 to 1000',
    fractions: 'fractions, 0 to 1',
    'resized-pixels': 'pixels of the picture as sent',
    'original-pixels': 'pixels of the original',
  },
  picture: 'Pictures are sent as',
  pictures: { png: 'PNG, exact', jpeg: 'JPEG, smaller' },
  maxPixels: 'Most pixels',
  maxPixelsHint:
    'A larger picture is made smaller before it is sent. The server should not be set lower, or boxes shift.',
  minPixels: 'Fewest pixels',
  tokens: 'Most new tokens in a turn',
  tokensHint: 'Holds for this model in place of the setting for models in this page.',
  minPixelsHint: 'A smaller picture or crop is enlarged before it is sent.',

  /** What happened, then what to do about it. */
  problems: {
    'wrong-address':
      'Nothing at this address speaks this protocol. Check the port and the path; most servers end in /v1.',
    'bad-address': 'This address names no model of a server. Choose one again.',
    unreachable: 'No server answered at this address. Is it running, and does it listen on this host and port?',
    cors: 'The server is there but does not allow calls from web pages. Start vLLM with --allowed-origins, Ollama with OLLAMA_ORIGINS, LM Studio with --cors; or have this site pass calls on (LOUPE_ENDPOINTS).',
    'mixed-content':
      'This page came by https and the server speaks plain http, which browsers do not allow. Open Loupe on the same machine by http, give the server https, or have this site pass calls on (LOUPE_ENDPOINTS).',
    'local-network':
      'The browser does not let this page reach your local network. Allow “local network access” for this site in the address bar, then try again.',
    policy:
      'This site’s security policy does not name that address. Whoever runs the site can add it with LOUPE_CONNECT, or pass calls on with LOUPE_ENDPOINTS.',
    'key-refused': 'The server did not accept the key. Check it, or give one if the server asks for it.',
    'unknown-model': ({ model }: { readonly model: string }) =>
      `The server has no model “${model}”. See its list and choose another.`,
    'too-many-requests': ({ seconds }: { readonly seconds: number | null }) =>
      `The server has had too many requests${seconds === null ? '' : ` and asks to wait ${seconds} seconds`}. Wait a little and ask again.`,
    'picture-format':
      'The server could not read the picture. Choose the other format, PNG or JPEG, for its pictures; check that the model takes pictures at all.',
    'too-many-pictures': ({ most }: { readonly most: number | null }) =>
      `The server takes ${most === null ? 'fewer pictures than this run has' : `at most ${most} ${most === 1 ? 'picture' : 'pictures'}`}. Lower “Most looks”, or raise its limit (vLLM: --limit-mm-per-prompt).`,
    'context-overflow': ({ most }: { readonly most: number | null }) =>
      `The run is longer than the server’s context${most === null ? '' : ` of ${tokens(most)}`}. Send smaller pictures, lower “Most looks”, or start the server with a longer context.`,
    'stream-died':
      'The server stopped in the middle of an answer. Finished steps are kept: continue from there once it is back.',
    'not-an-api':
      'Something answered, but with a web page or another text. Check the address: most servers end in /v1.',
    failed: ({ status }: { readonly status: number }) =>
      `The server failed with status ${status}. Its own log says more. Try again.`,
    refused: ({ status, words }: { readonly status: number; readonly words: string }) =>
      `The server refused (${status}): ${words || 'it does not say why.'} Change the settings it names and ask again.`,
    blocked: ({ why }: { readonly why: string }) =>
      `The provider did not answer this question (${why}). Ask it otherwise.`,
  },

  notes: {
    'logprobs-refused': 'This server gives no token probabilities for such turns.',
    'logprobs-absent': 'This server gave no token probabilities.',
    'logprobs-differ':
      'The tokens the server told do not spell the words it sent, so probabilities are left out from there on.',
    'setting-dropped': ({ setting }: { readonly setting: string }) =>
      `This server does not take “${setting}”; it was left out.`,
  },
};
