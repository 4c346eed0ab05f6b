/** The tool that runs code, as templates and servers are told of it; what it does is lib/agent/tools/python.ts. */
import { python } from '../tools/python';

const FUNCTION = {
  name: python.name,
  description:
    'Run Python to measure, count, compute, or change and look at the images. image_1, image_2 … are the given images, as PIL images. ' +
    'What is printed comes back, and what plt.show() shows is shown to you. Names stay for the next call. There is no network and no file ' +
    'to read; it may take 30 seconds.',
  parameters: {
    type: 'object',
    properties: { code: { type: 'string', description: 'The Python code.' } },
    required: ['code'],
  },
} as const;

/** @param offered ids of the tools there are */
export const pythonFunctions = (offered: readonly string[]) => (mayRun(offered) ? [FUNCTION] : []);

export const mayRun = (offered: readonly string[]): boolean => offered.includes(python.id);
