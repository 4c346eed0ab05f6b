/** Models behind a server: choosing one, how it is asked, and what goes wrong on the way. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { counted } = countingIn('zh');

const tokens = (count: number) => counted(count, { other: '个 token' });
const pictures = (count: number) => counted(count, { other: '张图片' });

export const servers: Words['servers'] = {
  about: '使用运行在你自己的电脑或网络上的模型，或凭 API 密钥使用服务商的模型。',
  preset: '服务器',
  presets: {
    vllm: 'vLLM',
    sglang: 'SGLang',
    'lm-studio': 'LM Studio',
    ollama: 'Ollama',
    'llama-cpp': 'llama.cpp',
    anthropic: 'Anthropic',
    gemini: 'Google Gemini',
    openai: 'OpenAI',
    other: '其他地址',
  },
  ofThisSite: ({ name }) => `${name}（经由本站）`,
  address: '地址',
  addressPlaceholder: 'http://localhost:8000',
  addressWrong: '不是有效的网址。请不要把登录信息写进网址，密钥填在下面。',
  wire: 'API',
  wires: {
    chat: 'OpenAI Chat Completions',
    messages: 'Anthropic Messages',
    gemini: 'Gemini generateContent',
    responses: 'OpenAI Responses',
  },
  key: '密钥',
  keyPlaceholder: '服务器要求时才填',
  keySet: '密钥已保存在这个浏览器里',
  keyHint: '只保存在这个浏览器里，只发送给这台服务器。记录、链接和导出文件都不会包含它。',
  keyOfSite: '本站为这台服务器配置了自己的密钥。',
  keyWrong: '密钥里不能有空格或特殊字符。',
  forget: '移除',
  connect: '列出模型',
  connecting: '正在连接…',
  found: (count) => counted(count, { other: '个模型' }),
  model: '模型',
  modelTyped: '服务器没有列出模型，请输入模型名称。',
  use: '使用这个模型',

  how: '请求选项',
  dialect: '对话格式',
  dialects: {
    deepeyes: 'DeepEyes',
    'deepeyes-last': 'DeepEyes，取最后一次调用（与训练一致）',
    'qwen-tools': 'Qwen2-VL、2.5-VL、3-VL',
    'qwen-xml': 'Qwen3.5',
    'mini-o3': 'Mini-o3',
    'pixel-reasoner': 'Pixel-Reasoner',
    'zoom-json': '普通 JSON，适用于任何模型',
    native: '服务器自己的工具调用',
    'native-yx': '服务器自己的工具调用，y 在 x 之前',
  },
  frame: '框坐标',
  frames: {
    thousandths: '千分比，0 到 1000',
    fractions: '比例，0 到 1',
    'resized-pixels': '所发送图片的像素',
    'original-pixels': '原图的像素',
  },
  picture: '图片发送格式',
  pictures: { png: 'PNG（无损）', jpeg: 'JPEG（更小）' },
  maxPixels: '像素上限',
  maxPixelsHint: '更大的图片会先缩小再发送。如果服务器自己的上限更低，框会偏移。',
  minPixels: '像素下限',
  tokens: '每轮生成 token 上限',
  tokensHint: '对这个模型，替代设置里的上限。',
  minPixelsHint: '更小的图片和裁剪图会先放大再发送。',

  problems: {
    'wrong-address': '这个地址没有所选的 API。请检查端口和路径，大多数地址以 /v1 结尾。',
    'bad-address': '不是有效的服务器模型地址，请重新选择模型。',
    unreachable: '无法连接这个地址上的服务器。请确认它正在运行，并监听这个主机和端口。',
    cors: '服务器正在运行，但不允许网页发起请求。启动 vLLM 时请加 --allowed-origins，Ollama 请设置 OLLAMA_ORIGINS，LM Studio 请加 --cors，也可以让本站转发请求（LOUPE_ENDPOINTS）。',
    'mixed-content':
      '本页使用 https，而服务器使用 http，浏览器会拦截。请在同一台电脑上通过 http 打开 Loupe，为服务器启用 https，或让本站转发请求（LOUPE_ENDPOINTS）。',
    'local-network': '浏览器不允许本页访问你的本地网络。请在地址栏中允许本站访问本地网络，然后重试。',
    policy: '本站的安全策略不允许访问这个地址。网站管理员可以用 LOUPE_CONNECT 放行，或用 LOUPE_ENDPOINTS 转发请求。',
    'key-refused': '服务器不接受这个密钥。请检查密钥；如果还没有填写，请填写。',
    'unknown-model': ({ model }) => `服务器上没有“${model}”。请列出模型，然后另选一个。`,
    'too-many-requests': ({ seconds }) =>
      `服务器收到的请求太多。请${seconds === null ? '稍等片刻' : `等待 ${counted(seconds, { other: '秒' })}`}再问一次。`,
    'picture-format': '服务器无法读取图片。请在 PNG 和 JPEG 之间切换，并确认模型支持图片。',
    'too-many-pictures': ({ most }) =>
      `${most === null ? '这次运行的图片数超出了服务器的限制' : `服务器最多接受 ${pictures(most)}`}。请调低“细看次数上限”，或提高服务器的限制（vLLM：--limit-mm-per-prompt）。`,
    'context-overflow': ({ most }) =>
      `这次运行超出了服务器的上下文${most === null ? '' : `（${tokens(most)}）`}。请发送小一些的图片，调低“细看次数上限”，或用更长的上下文启动服务器。`,
    'stream-died': '服务器在回答中途停止了。已完成的步骤没有丢失，服务器恢复后可以从那里继续。',
    'not-an-api': '这个地址返回的是网页或其他文本。请检查地址，大多数以 /v1 结尾。',
    failed: ({ status }) => `服务器出错，状态码 ${status}。请查看服务器日志，然后重试。`,
    refused: ({ status, words }) =>
      `服务器拒绝了请求（${status}）：${words || '没有说明原因。'} 请修改它提到的设置，再问一次。`,
    blocked: ({ why }) => `服务商拒绝回答（${why}）。请换一种问法。`,
  },

  notes: {
    'logprobs-refused': '这台服务器不为这类对话提供 token 概率。',
    'logprobs-absent': '这台服务器没有提供 token 概率。',
    'logprobs-differ': '服务器的 token 与文本对不上，从那里开始不再显示概率。',
    'setting-dropped': ({ setting }) => `这台服务器不接受“${setting}”，因此没有发送。`,
  },
};
