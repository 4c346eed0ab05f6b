/** The theme's cookie, read by the server's layout and written in the page. */
export type Theme = 'system' | 'light' | 'dark';

export const THEME_COOKIE = 'loupe-theme';

export function themeOf(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}
