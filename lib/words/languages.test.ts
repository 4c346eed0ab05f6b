import { expect, it } from 'vitest';
import { languageOf, tagsOf } from './languages';

it('a language that was chosen is spoken, else the first that the browser names and the page knows', () => {
  expect(languageOf('zh', ['en-US'])).toBe('zh');
  expect(languageOf('en', ['zh-CN', 'zh'])).toBe('en');
  expect(languageOf(undefined, ['fr-FR', 'ZH-hans-CN', 'en'])).toBe('zh');
  expect(languageOf(undefined, ['zhx', 'fr'])).toBe('en');
  expect(languageOf('fr', [])).toBe('en');
});

it('a header names languages by weight, and what weighs nothing is not wanted', () => {
  expect(tagsOf('en;q=0.5, zh-CN, fr;q=0.8')).toEqual(['zh-CN', 'fr', 'en']);
  expect(tagsOf('zh;q=0, en')).toEqual(['en']);
  expect(tagsOf('zh-CN,zh;q=0.9,en;q=0.8')).toEqual(['zh-CN', 'zh', 'en']);
  expect(languageOf(undefined, tagsOf(''))).toBe('en');
  expect(tagsOf('zh;q=x, en')).toEqual(['en']);
});
