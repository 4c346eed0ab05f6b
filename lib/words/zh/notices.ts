/** What a person is told when something went wrong: what happened, what it means, what to do. */
import { countingIn } from '../counting';
import type { Words } from '../en';

const { counted } = countingIn('zh');

const runs = (count: number) => counted(count, { other: '条记录' });

const again = '你可以马上再问一次。';
const storageHeld = '另一个标签页打开着旧版 Loupe，占用了存储。';
const refused = '浏览器不允许在这里存储数据，有些无痕窗口就是这样。';

export const notices: Words['notices'] = {
  python: {
    'python-unavailable': {
      title: '无法获取 Python',
      detail: '模型编写了代码，但运行代码所需的文件没有下载成功。',
      advice: '请检查网络后重新提问，或在“设置”中关闭 Python。',
    },
    'python-failed': {
      title: 'Python 未能启动',
      detail: '模型编写了代码，但此浏览器无法启动运行环境。',
      advice: '请关闭其他标签页以释放内存后重新提问，或在“设置”中关闭 Python。',
    },
  },
  engine: {
    'model-not-found': {
      title: '找不到模型',
      detail: '本站没有它的清单文件。',
      advice: '请选择其他模型，或检查名称。',
    },
    network: {
      title: '无法下载模型',
      detail: '文件还没收完，连接就断开了。',
      advice: '请检查网络连接，然后再问一次，会从中断处继续下载。',
    },
    'bad-manifest': {
      title: '无法读取模型的清单文件',
      detail: '它的 manifest.json 格式不符。',
      advice: '请刷新页面。如果仍不行，说明文件夹或镜像有问题，请换一个。',
    },
    'bad-weights': {
      title: '模型文件已损坏',
      detail: '有文件与清单里的校验值不一致，因此没有使用。',
      advice: '再问一次会重新下载。如果是你自己的文件夹，请使用完整的副本。',
    },
    'out-of-memory': {
      title: '内存不足',
      detail: '浏览器无法提供模型所需的内存。',
      advice: '请选择更小的模型、格式或图片，换一个设备，或关闭其他标签页，然后再问一次。',
    },
    'device-lost': {
      title: 'GPU 停止响应',
      detail: '模型运行时，浏览器或驱动程序重置了 GPU。已完成的步骤没有丢失。',
      advice: '再问一次会重新启动模型。如果反复出现，请在设置中选择 WASM。',
    },
    'worker-crashed': {
      title: '模型意外停止',
      detail: '运行模型的后台线程崩溃了。已完成的步骤没有丢失。',
      advice: '再问一次会重新启动模型。',
    },
    'webgpu-unavailable': {
      title: 'WebGPU 不可用',
      detail: '这个浏览器或设备没有可用的 WebGPU。',
      advice: '请在设置中将设备改为“自动”或 WASM，然后再问一次。',
    },
    'self-test-failed': {
      title: '模型在这里的计算结果不对',
      detail: '它答错了一道有标准答案的题，输出不可信。',
      advice: '请在设置中更换设备，或换一个浏览器。',
    },
    'unsupported-model': {
      title: '这个模型无法在这里运行',
      detail: '当前版本不支持它的系列或其中某个算子。',
      advice: '请选择其他模型。',
    },
    'context-full': {
      title: '对话太长',
      detail: '模型的上下文已满。已完成的步骤没有丢失。',
      advice: '请使用小一些的图片、问得简短些，或在设置中调低“细看次数上限”。',
    },
    'bad-request': {
      title: '模型做不到',
      detail: '某项设置或这张图片不适用于这个模型。',
      advice: '请恢复默认设置，或裁剪过长的图片，然后再问一次。',
    },
    'not-loaded': {
      title: '模型没有加载',
      detail: '它在运行开始之前被卸载了。',
      advice: again,
    },
    internal: {
      title: '模型出错了',
      detail: '运行因意外错误而终止。已完成的步骤没有丢失。',
      advice: again,
    },
    gated: {
      title: '这个模型需要授权',
      detail: 'Hub 只向接受了条款的人提供它的文件。',
      advice: '请在模型页面接受条款，填入你的访问令牌，然后再问一次。',
    },
    quota: {
      title: '空间不足，放不下这个模型',
      detail: '浏览器分配给本页的存储空间放不下它的文件。',
      advice: '请删除不需要的模型、腾出磁盘空间或选择更小的格式，然后再问一次。',
    },
    offline: {
      title: '你已离线',
      detail: '模型还有部分文件不在本机上。',
      advice: '联网后再问一次，会从中断处继续下载。',
    },
    server: {
      title: '服务器没有应答',
      detail: '模型在服务器上运行，而请求失败了。已完成的步骤没有丢失。',
      advice: '请再问一次，或选择其他模型。',
    },
  },
  image: {
    'not-an-image': {
      title: '不是图片文件',
      detail: '它不属于任何图片格式。',
      advice: '请选择 PNG、JPEG、WebP、GIF、AVIF 或 HEIC 文件。',
    },
    'unsupported-format': {
      title: '不支持的图片格式',
      detail: '浏览器无法解码。',
      advice: '请另存为 PNG 或 JPEG 后再打开。',
    },
    corrupt: {
      title: '图片已损坏',
      detail: '它看起来是图片，但无法完整解码。',
      advice: '请换一份文件再试。',
    },
    'too-large': {
      title: '图片太大',
      detail: '像素数超出了 Loupe 能打开的范围。',
      advice: '请缩小到 5000 万像素以内，再重新打开。',
    },
    'file-too-large': {
      title: '文件太大',
      detail: '文件大小超出了 Loupe 能打开的范围。',
      advice: '请打开一份小一些的副本，例如 JPEG。',
    },
    empty: {
      title: '文件是空的',
      detail: '里面没有数据。',
      advice: '请选择其他文件。',
    },
    'heic-failed': {
      title: '无法读取 HEIC 图片',
      detail: 'HEIC 解码器没有加载，或无法读取这个文件。',
      advice: '请导出为 JPEG 后再打开。',
    },
    'fetch-blocked': {
      title: '那个网站不允许',
      detail: '它的服务器不允许其他页面加载这张图片。',
      advice: '请把图片保存下来，再打开文件。',
    },
    'fetch-failed': {
      title: '无法加载图片',
      detail: '这个网址没有返回图片。',
      advice: '请重试，或直接打开图片文件。',
    },
    'bad-url': {
      title: '不是有效的网址',
      detail: '图片网址应以 https:// 开头。',
      advice: '请改正网址，或打开文件。',
    },
    'picture-memory': {
      title: '内存不足，打不开这张图片',
      detail: '浏览器无法解码。',
      advice: '请关闭其他标签页，或打开一份小一些的副本。',
    },
    'worker-failed': {
      title: '无法读取图片',
      detail: '解码图片的后台线程崩溃了。',
      advice: '请重试。如果反复出现，请打开一份小一些的副本。',
    },
  },
  library: {
    quota: {
      title: '浏览器的存储空间已满',
      detail: '已保存的记录没有受影响，屏幕上的记录没有保存。',
      advice: '请立即下载它，或删除不需要的记录后再次保存。',
    },
    unavailable: {
      title: '这里无法保存记录',
      detail: `${refused}其他功能不受影响。`,
      advice: '如果想保留这条记录，请使用普通窗口，或把它下载下来。',
    },
    blocked: {
      title: '被另一个标签页占用',
      detail: storageHeld,
      advice: '请关闭其他 Loupe 标签页，然后刷新。',
    },
    outdated: {
      title: '这个标签页的版本已过时',
      detail: '另一个标签页打开着新版 Loupe，并接管了存储。',
      advice: '请刷新这个标签页以继续保存记录。如果屏幕上的记录还没有保存，请先下载。',
    },
    corrupt: {
      title: '无法读取这条记录',
      detail: '保存的内容格式不符。',
      advice: '请在列表中删除它。',
    },
    'not-found': {
      title: '这里没有这条记录',
      detail: '它已被删除，或是在另一个浏览器里生成的。',
      advice: '请从列表中选择一条记录。',
    },
    removed: {
      title: '这条记录已删除',
      detail: '你在它运行时删除了它。它会继续运行，但不再保存。',
      advice: '如果是误删，请再次保存。',
    },
    internal: {
      title: '存储错误',
      detail: '浏览器报告了意外错误。屏幕上的记录没有受影响。',
      advice: '如果再次出现，请刷新页面。',
    },
  },
  session: {
    'picture-missing': {
      title: '这条记录的图片不见了',
      detail: '步骤还在，但图片文件已不在这个浏览器里。',
      advice: '重新打开同一张图片，就能看到模型看了哪里。',
    },
    'fork-not-here': {
      title: '这里没有可以修改的内容',
      detail: '这一步不能这样修改。',
      advice: '请选择另一步。记录保持原样。',
    },
    'fork-no-form': {
      title: '无法让这个模型看指定区域',
      detail: '它没有请求细看的方式，因此也无法替它细看。',
      advice: '请换一个模型，或用文字问这个区域。',
    },
    'fork-outside': {
      title: '这个框在图片之外',
      detail: '那里没有可看的内容。',
      advice: '请把框画在图片上。',
    },
    'fork-cannot-go-on': {
      title: '这个模型无法接着你的文字写',
      detail: '它的服务器只能从头开始一轮。',
      advice: '请改为移动框或重新提问，或选择在本页运行的模型。',
    },
    'one-picture': {
      title: '这个模型一次只看一张图片',
      detail: '你的问题里有多张图片。',
      advice: '请移除其他图片，或选择能看多张图片的模型，例如 Qwen3-VL 或服务器上的模型。',
    },
    'too-many-pictures': {
      title: '不能再添加图片了',
      detail: ({ count }) => `一个问题最多可以有 ${count} 张图片。`,
      advice: '请先移除一张，再添加另一张。',
    },
    'erased-at-once': {
      title: '已永久删除',
      detail: ({ count }) => `存储空间太满，无法保留你删除的内容（${runs(count)}）。空间已经释放。`,
      advice: '此操作无法撤销。其他内容没有受影响。',
    },
    'not-restored': {
      title: '没能全部恢复',
      detail: ({ count }) => `${runs(count)}已被彻底清除：在另一个标签页里删除，或是为新记录腾出了空间。`,
      advice: '能恢复的都在列表里。如果你有导出的文件，可以重新导入。',
    },
    'others-left': {
      title: '打开了一张图片',
      detail: ({ count }) => `你拖入了 ${counted(count, { other: '个文件' })}，已打开第一张图片。`,
      advice: '想同时问多张图片，请在问题下方添加其他图片。',
    },
    'cut-off': {
      title: '文件不完整',
      detail: '它已损坏或没有复制完。缺失的部分可能显示为灰色或空白。',
      advice: '如有完整的副本，请使用它。',
    },
    unexpected: {
      title: '发生了意外情况',
      detail: 'Loupe 遇到了无法识别的错误。',
      advice: again,
    },
  },
  unkept: {
    blocked: {
      title: '关闭这个标签页后，记录会丢失',
      detail: storageHeld,
      advice: '请关闭其他 Loupe 标签页，然后刷新。已保存的记录还在。',
    },
    outdated: {
      title: '关闭这个标签页后，记录会丢失',
      detail: '这里运行过新版 Loupe，当前版本读不了它保存的数据。',
      advice: '请刷新页面。已保存的记录还在。',
    },
    refused: {
      title: '关闭这个标签页后，记录会丢失',
      detail: refused,
      advice: '请下载想保留的记录。',
    },
  },
};
