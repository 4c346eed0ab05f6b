import { expect, it } from 'vitest';
import { asSentence, sentences } from './sentences';

it('sentences stand apart as their script has it', () => {
  expect(sentences('It fits.', '', 'It may be slow.')).toBe('It fits. It may be slow.');
  expect(sentences('适合本机。', '可能较慢。')).toBe('适合本机。可能较慢。');
  expect(sentences()).toBe('');
});

it('a title ends as its script has it', () => {
  expect(asSentence('The server is full')).toBe('The server is full.');
  expect(asSentence('服务器空间已满')).toBe('服务器空间已满。');
});
