/** The languages that the page speaks, and which of them a person reads. */

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a person chose in Settings, for the server to read. Without it the browser's languages decide. */
export const LANGUAGE_COOKIE = 'loupe-language';

/** As `<html lang>` has it, and the name that the language has in itself. */
export const LANGUAGE_TAGS = { en: 'en', zh: 'zh-CN' } as const satisfies Record<Language, string>;
export const LANGUAGE_NAMES = { en: 'English', zh: '简体中文' } as const satisfies Record<Language, string>;

/**
 * @param chosen the cookie's value
 * @param wanted language tags, best first, as `navigator.languages` has them
 */
export function languageOf(chosen: string | undefined, wanted: readonly string[]): Language {
  const of = (tag: string | undefined) => LANGUAGES.find((one) => tag?.split('-')[0]?.toLowerCase() === one);
  return of(chosen) ?? of(wanted.find(of)) ?? 'en';
}

/** The tags of an `Accept-Language` header, best first (RFC 9110, 12.5.4). */
export function tagsOf(accept: string): readonly string[] {
  return accept
    .split(',')
    .map((one) => {
      const [tag = '', ...parameters] = one.split(';').map((part) => part.trim());
      const weight = parameters.find((part) => part.startsWith('q='))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
