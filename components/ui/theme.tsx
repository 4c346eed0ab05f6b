'use client';
/**
 * Light, dark, or as the system says. The choice lives in a cookie that the server reads (app/layout.tsx), so that the first
 * byte already carries the right colours: no script before paint, no flash. Without a choice CSS follows the system alone.
 */
import { Moon, Sun } from 'lucide-react';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { useCommonWords } from '@/lib/words/common';
import { IconButton } from './button';
import { THEME_COOKIE, type Theme } from './theme-cookie';

interface ThemeChoice {
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
}

const ThemeContext = createContext<ThemeChoice | null>(null);

const YEAR_SECONDS = 31_536_000;

function apply(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  const age = theme === 'system' ? 0 : YEAR_SECONDS;
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${age}; samesite=lax`;
}

export function ThemeProvider({ initial, children }: { readonly initial: Theme; readonly children: ReactNode }) {
  const [theme, setTheme] = useState(initial);
  const choice = useMemo<ThemeChoice>(
    () => ({
      theme,
      setTheme: (next) => {
        apply(next);
        setTheme(next);
      },
    }),
    [theme],
  );
  return <ThemeContext value={choice}>{children}</ThemeContext>;
}

export function useTheme(): ThemeChoice {
  const choice = useContext(ThemeContext);
  if (!choice) throw new Error('useTheme needs a ThemeProvider above it');
  return choice;
}

/** One press: from what is seen now to the other. */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  const { switchTheme } = useCommonWords();
  const flip = () => {
    const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
    setTheme(dark ? 'light' : 'dark');
  };
  return (
    <IconButton
      label={switchTheme}
      onClick={flip}
      icon={
        <>
          <Sun size={18} aria-hidden className="theme-sun" />
          <Moon size={18} aria-hidden className="theme-moon" />
        </>
      }
    />
  );
}
