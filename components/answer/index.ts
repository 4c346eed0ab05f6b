/** An answer that somebody pasted, and how the boxes of an answer are read. */
export { AnswerReading } from './answer-reading';
export { PasteSheet } from './paste-sheet';
