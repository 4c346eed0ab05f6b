/** The page's typefaces, for whoever draws an `<html>`: the layout, and the page in place of everything. */
import localFont from 'next/font/local';

const sans = localFont({
  src: './fonts/instrument-sans-latin-wght-normal.woff2',
  variable: '--font-instrument-sans',
  weight: '400 700',
  display: 'swap',
});

const serif = localFont({
  src: './fonts/newsreader-latin-wght-normal.woff2',
  variable: '--font-newsreader',
  weight: '200 800',
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
});

export const TYPEFACES = `${sans.variable} ${serif.variable}`;
