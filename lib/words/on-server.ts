/** What the server writes itself, in the language of whoever asked: chosen in Settings, else the browser's. */
import { cookies, headers } from 'next/headers';
import { app } from './en/app';
import { LANGUAGE_COOKIE, languageOf, tagsOf, type Language } from './languages';
import { app as chinese } from './zh/app';

const TABLES: Readonly<Record<Language, typeof app>> = { en: app, zh: chinese };

export async function pageLanguage(): Promise<Language> {
  const chosen = (await cookies()).get(LANGUAGE_COOKIE)?.value;
  return languageOf(chosen, tagsOf((await headers()).get('accept-language') ?? ''));
}

export async function pageWords(): Promise<typeof app> {
  return TABLES[await pageLanguage()];
}
