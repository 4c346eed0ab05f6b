/** What keeps a model from being loaded or from answering, where more is known than that it did not. */
import type { Words } from '../en';

const settingsToken = '填入你的访问令牌';
const withoutThinking = '请去掉地址里的“thinking”再加载。';

const opened = (why: string) => `已打开本地保存的副本：${why}。`;

export const engine: Words['engine'] = {
  keptCopy: {
    gone: ({ host, status }) => opened(`${host} 上已经没有它（${status}）`),
    refused: ({ host, status }) => opened(`${host} 拒绝了请求（${status}）`),
    answered: ({ host, status }) => opened(`${host} 返回了状态码 ${status}`),
    unreachable: ({ host }) => opened(`无法连接 ${host}`),
    offline: opened('设备处于离线状态'),
    unusable: ({ host }) => opened(`${host} 上的版本无法在这里运行`),
  },

  remarks: {
    'gpu-lost': 'WebGPU 多次中断。',
    'gpu-failed': ({ detail }) => `WebGPU 无法工作（${detail}）。`,
    'no-gpu': ({ detail }) => `WebGPU 不可用（${detail}）。`,
    'no-shaders': 'Loupe 自带的着色器在这块 GPU 上无法运行，生成 token 会稍慢。',
    'no-choice': '这块 GPU 无法选取 token，生成会稍慢。',
    'slow-cache': ({ detail }) => `快速缓存给出了错误结果（${detail}），已改用较慢的缓存。`,
    recording: '这是一段录制。',
  },

  problems: {
    'no-file': ({ path, host }) => `${host} 上没有 ${path}。`,
    answered: ({ path, status, host }) => `请求 ${path} 时，${host} 返回了状态码 ${status}。`,
    busy: ({ path, status, host }) => `请求 ${path} 时，${host} 返回了状态码 ${status}。请稍后再试。`,
    silent: ({ host, path, seconds }) => `${host} 已有 ${seconds} 秒没有发送 ${path} 的数据。`,
    offline: ({ path }) => `设备已离线，模型还没有下载完（缺少 ${path}）。联网后重新加载，会从中断处继续下载。`,
    unreachable: ({ path, host, detail }) => `无法从 ${host} 获取 ${path}：${detail}。请检查网络连接，或换一个镜像站。`,
    'broke-off': ({ path, detail }) => `${path === null ? '下载' : `${path} 的下载`}中断：${detail}`,
    'sent-nothing': ({ host, path }) => `${host} 没有发送 ${path} 的任何数据。`,
    'another-part': ({ path }) => `收到的不是 ${path} 中所请求的部分。`,
    'other-length': ({ path, bytes }) => `${path} 的长度与清单所写的 ${bytes} 字节不符。`,
    'runtime-length': ({ path, bytes }) => `${path} 的长度与 ONNX Runtime 文件应有的 ${bytes} 字节不符。`,
    'other-hash': ({ path, hash }) =>
      `${path} 与清单中列出的文件不一致（${hash === 'git' ? 'git ID' : 'SHA-256'} 不同），重试后仍然如此，因此没有保存。请稍后再试，或换一个镜像站。`,

    'no-hub-address': ({ endpoint }) => `“${endpoint}”不是 Hub 地址，地址应以 https:// 开头。`,
    gated: ({ id, page, token }) =>
      `使用 ${id} 需要先接受作者的条款。请打开 ${page} 接受条款${token ? '' : `，${settingsToken}`}，然后重新加载。`,
    'not-public': ({ host, id }) =>
      `${host} 上没有名为 ${id} 的公开模型。请检查名称；如果是私有模型，请${settingsToken}。`,
    'token-refused': ({ host, id }) => `${host} 不接受你用于 ${id} 的访问令牌。请检查令牌，以及它是否有权访问 ${id}。`,
    'no-revision': ({ host, id }) => `${host} 上的 ${id} 没有这个版本。请改正，或不填版本。`,
    'no-such-file': ({ host, id }) => `${host} 上没有 ${id} 的这个文件。请检查名称，或换一个镜像站（有些镜像不完整）。`,
    'no-such-model': ({ host, id }) => `${host} 上没有 ${id}。请检查名称，或换一个镜像站（有些镜像不完整）。`,
    'not-the-hub': ({ host, id, detail }) =>
      `${host} 返回的 ${id} 信息不是 Hub 的格式（${detail}）。请确认这是 Hub 的地址。`,
    'no-hashes': ({ host, id }) => `${host} 没有公布 ${id} 各文件的大小和哈希值，无法校验下载。请换一个镜像站。`,

    'text-too-long': ({ path, id }) => `${id} 的 ${path} 过长，不可能有效。`,
    'no-config': ({ id }) => `${id} 没有 config.json，无法在这里加载。`,
    'no-end-token': ({ id }) => `${id} 没有说明哪个 token 表示回答结束。`,
    'config-not-json': ({ path, id }) => `${id} 的 ${path} 不是 JSON。`,
    'config-wrong': ({ path, id, detail }) => `${id} 的 ${path}：${detail}`,
    'no-onnx': ({ id }) => `${id} 没有 ONNX 文件。请找带 ONNX 的版本，onnx-community 下有很多。`,
    'other-layout': ({ id, found, wanted }) =>
      `${id} 的 ONNX 文件（${found}）是给其他程序用的。Loupe 需要三个计算图：${wanted}，每个任选一种格式。请找这样的版本，onnx-community 下有很多。`,
    'other-family': ({ id, family, known }) => `${id} 属于“${family}”系列。Loupe 支持的系列有：${known}。`,
    'no-such-format': ({ id, format, there }) => `${id} 没有 ${format} 文件，只有 ${there}。`,
    'no-thinking': ({ id }) => `${id} 的对话模板无法开关思考。${withoutThinking}`,
    'no-tokenizer': ({ id }) => `${id} 没有 tokenizer.json，无法在这里加载。`,
    'no-template': ({ id }) => `${id} 没有对话模板，不是对话模型。`,
    'no-measures': ({ id }) => `${id} 的 config.json 没有给出解码器的维度。`,
    'folder-without-template': '文件夹里没有对话模板。',
    'manifest-not-json': ({ detail }) =>
      detail === '' ? 'manifest.json 不是 JSON。' : `manifest.json 不是 JSON：${detail}`,
    'not-in-folder': ({ path }) => `manifest.json 列出了 ${path}，但文件夹里没有。`,
    'other-in-folder': ({ path }) => `${path} 与 manifest.json 列出的文件不一致（SHA-256 不同）。`,

    'names-no-format': ({ address, format }) => `“${address}”不是有效的模型：没有“${format}”这种格式。`,
    'names-no-model': ({ address, why }) => `“${address}”不是有效的模型：${addressProblems[why]}。`,

    'given-not-kept': ({ name }) => `“${name}”没有保存在这个浏览器里，请重新打开它的文件夹。`,
    'file-not-kept': ({ path }) => `${path} 已不在这个浏览器里，请重新打开它的文件夹。`,
    'keeps-nothing': '浏览器没有为本页保存任何数据，无痕窗口就是这样。请使用普通窗口，或从 Hub 加载模型。',
    'not-written': '无法把模型存到磁盘。请腾出空间或删除不需要的模型，然后重新打开文件夹。',
    'file-not-written': ({ path, detail }) =>
      `无法把 ${path} 存到磁盘（${detail}）。请腾出空间或删除不需要的模型后重新加载，会从中断处继续下载。`,
    'file-unreadable': ({ path }) => `无法从磁盘读取 ${path}。请删除这个模型并重新加载。`,
    'no-room': ({ needed, free }) =>
      `这个模型还需要 ${megabytes(needed)}，但浏览器留给本页的空间只剩 ${megabytes(free)}。请腾出空间、删除不需要的模型，或选择更小的格式。`,

    'unknown-family': ({ family }) => `当前版本不支持“${family}”系列的模型。`,
    'unknown-dialect': ({ dialect }) => `当前版本不支持这个模型的对话格式“${dialect}”。`,
    'no-half-precision': '这些权重使用半精度，而这块 GPU 不支持（没有 shader-f16）。请选择其他格式。',
  },
};

const addressProblems = {
  'local-name': 'local: 后面应是文件夹名',
  repository: 'hub: 后面应是 owner/name',
  revision: '@ 后面应是分支、标签或提交',
  'max-pixels': 'maxPixels 应是整数',
  thinking: 'thinking 应是 on 或 off',
};

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
