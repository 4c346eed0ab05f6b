/** What happens, read out to those who cannot see the page: never seen. */
export const status = {
  opening: 'Opening the picture.',
  compiling: 'Compiling the model.',
  waiting: 'Waiting for another Loupe tab to finish.',
  checking: 'Checking the model.',
  loading: 'Loading the model.',
  looking: 'The model is looking at the picture.',
  looksCloser: (turn: number, label: string) => `Turn ${turn}: looking closer at ${label || 'part of the picture'}.`,
  refused: (turn: number) => `Turn ${turn}: the call failed.`,
  gotCrop: (turn: number) => `Turn ${turn}: got a result.`,
  thinks: (turn: number) => `Turn ${turn}: thinking.`,
  answers: 'Answering.',
  ready: (name: string) => `Picture ready: ${name}.`,
  stopped: 'Stopped.',
  failed: 'The run failed.',
  answer: (text: string) => `Answer: ${text}`,
  noAnswer: 'The run ended without an answer.',
};
