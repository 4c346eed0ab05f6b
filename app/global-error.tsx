'use client';
/** In place of everything, where even the frame around the pages broke: in the same type and the same theme. */
import { PageFailed } from '@/components/ui/page-failed';
import { THEME_COOKIE, themeOf } from '@/components/ui/theme-cookie';
import './globals.css';
import { TYPEFACES } from './typefaces';

function chosenTheme() {
  if (typeof document === 'undefined') return 'system';
  const kept = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${THEME_COOKIE}=`));
  return themeOf(kept?.slice(THEME_COOKIE.length + 1));
}

export default function GlobalError({ reset }: { readonly reset: () => void }) {
  const theme = chosenTheme();
  return (
    <html lang="en" className={TYPEFACES} {...(theme === 'system' ? {} : { 'data-theme': theme })}>
      <body>
        <PageFailed onAgain={reset} />
      </body>
    </html>
  );
}
