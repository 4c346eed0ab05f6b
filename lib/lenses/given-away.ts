/**
 * What the teacher of AntiSD (arXiv 2605.11609) is told beforehand, in the paper's order: the question, a verified solution as an attempt,
 * what was thought of it, and the request to solve it again. The paper's own words are not public [R].
 */
export function givenAway(question: string, answer: string): string {
  return [
    question,
    `Your previous attempt: the answer is ${answer}.`,
    'Previous assessment: the answer is correct.',
    'Solve the problem again.',
  ].join('\n\n');
}

/** The thought before the look that is given away: the shipped model's own (training/loupe_nano/lessons.py, `SMALL`). */
export function thoughtBeforeLook(label: string): string {
  return `I need to look closer at the ${label}.`;
}
