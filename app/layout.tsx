import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { PageSession } from '@/components/playground';
import { ThemeProvider } from '@/components/ui/theme';
import { THEME_COOKIE, themeOf } from '@/components/ui/theme-cookie';
import { LANGUAGE_TAGS } from '@/lib/words/languages';
import { pageLanguage, pageWords } from '@/lib/words/on-server';
import { LanguageProvider } from '@/lib/words/speaker';
import { readHubEndpoint } from '@/lib/server/hub-settings';
import './globals.css';
import { TYPEFACES } from './typefaces';

export async function generateMetadata(): Promise<Metadata> {
  const { title, titleOfPage, description } = await pageWords();
  return { title: { default: title, template: titleOfPage }, description };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f4f6f6' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1313' },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const language = await pageLanguage();
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  // With each answer, which the cookie above sees to: what was set when the app was built is of no account.
  const hubEndpoint = readHubEndpoint(process.env);
  return (
    <html lang={LANGUAGE_TAGS[language]} className={TYPEFACES} {...(theme === 'system' ? {} : { 'data-theme': theme })}>
      <body>
        <LanguageProvider initial={language}>
          <ThemeProvider initial={theme}>
            <PageSession hubEndpoint={hubEndpoint}>{children}</PageSession>
          </ThemeProvider>
        </LanguageProvider>
      </body>
    </html>
  );
}
