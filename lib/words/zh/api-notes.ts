/** What a person should know about a run that a log of a model's API held. Part of `formats.notes`. */
import { countingIn } from '../counting';
import type { apiNotes as english } from '../en/api-notes';

const { counted } = countingIn('zh');

export const apiNotes: typeof english = {
  'system-left-out': ({ characters }) =>
    `系统提示词（${counted(characters, { other: '个字符' })}）没有载入，因此也不会被分享。如需载入，请在“框的读取方式”里选择“包含系统提示词”。`,
  'thoughts-hidden': ({ count }) => `有 ${counted(count, { other: '段思考' })}已加密，只有模型的提供方能读取。`,
  'pictures-redacted': ({ count }) => `日志省略了 ${counted(count, { other: '张图片' })}。补上图片后即可看到框。`,
  'output-not-recorded': '代码已运行，但日志没有保存它的输出。',
  'earlier-turns-missing': '这段对话接着之前的对话，而之前的对话不在这个文件里。',
  'question-missing': '文件里只有回复，没有提问。',
};
