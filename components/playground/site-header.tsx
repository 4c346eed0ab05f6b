'use client';
/**
 * The page's head: the name (back to the start), and the tools: make a scene, the latest runs, the library, how it learned,
 * the bench, settings, help, theme. The page one is on is marked. What a narrow window has no room for is in the sheet of all pages.
 */
import {
  CircleHelp,
  Gauge,
  GraduationCap,
  History,
  LibraryBig,
  Link2,
  Menu,
  Plus,
  Settings2,
  Shapes,
} from 'lucide-react';
import { usePathname } from 'next/navigation';
import { Link } from '@/components/ui/link';
import { Button, buttonClass, IconButton } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { ThemeToggle } from '@/components/ui/theme';
import { Wordmark } from '@/components/ui/wordmark';
import { usePlaygroundWords } from '@/lib/words/playground';

export type OverlayName = 'runs' | 'shares' | 'settings' | 'more';

interface SiteHeaderProps {
  /** A picture is on screen: offer another. */
  readonly atWork: boolean;
  readonly onHome: () => void;
  readonly onOpen: (overlay: OverlayName) => void;
  readonly onHelp: () => void;
}

/** The page one is on is marked. */
const PAGE = 'hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:text-ink';

const MORE = [
  { href: '/learn', name: 'learn', Icon: GraduationCap },
  { href: '/bench', name: 'bench', Icon: Gauge },
] as const;

export function SiteHeader({ atWork, onHome, onOpen, onHelp }: SiteHeaderProps) {
  const { header: words, pages } = usePlaygroundWords();
  const path = usePathname();
  return (
    <header className="flex h-14 low:h-11 shrink-0 items-center justify-between gap-2 border-b border-line bg-surface pr-2 pl-4 tablet:pr-4 tablet:pl-6">
      <Link href="/" onClick={onHome} aria-label={words.home} className="rounded-s text-ink">
        <Wordmark />
      </Link>
      <nav aria-label={words.tools} className="flex items-center gap-0.5 tablet:gap-1">
        {atWork ? (
          <Button weight="quiet" size="small" onClick={onHome} className="max-tablet:px-2">
            <Plus size={17} aria-hidden />
            <span className="max-tablet:sr-only">{words.newPicture}</span>
          </Button>
        ) : null}
        <Link
          href="/make"
          aria-current={path === '/make' ? 'page' : undefined}
          className={classNames(buttonClass('quiet', 'small'), PAGE, 'max-tablet:px-2')}
        >
          <Shapes size={17} aria-hidden />
          <span className="max-tablet:sr-only">{pages.make}</span>
        </Link>
        <Button weight="quiet" size="small" onClick={() => onOpen('runs')} className="max-tablet:px-2">
          <History size={17} aria-hidden />
          <span className="max-tablet:sr-only">{words.runs}</span>
        </Button>
        <Link
          href="/library"
          aria-current={path === '/library' ? 'page' : undefined}
          className={classNames(buttonClass('quiet', 'small'), PAGE, 'max-tablet:hidden')}
        >
          <LibraryBig size={17} aria-hidden />
          {pages.library}
        </Link>
        {MORE.map(({ href, name, Icon }) => (
          <Link
            key={href}
            href={href}
            aria-current={path === href ? 'page' : undefined}
            title={pages[name]}
            className={classNames(buttonClass('quiet', 'small'), PAGE, 'max-desk:hidden')}
          >
            <Icon size={17} aria-hidden />
            {words[name]}
          </Link>
        ))}
        <span aria-hidden className="mx-1 h-5 w-px bg-line max-tablet:hidden" />
        <IconButton
          label={words.shares}
          icon={<Link2 size={18} aria-hidden />}
          onClick={() => onOpen('shares')}
          className="max-tablet:hidden"
        />
        <IconButton
          label={words.settings}
          icon={<Settings2 size={18} aria-hidden />}
          onClick={() => onOpen('settings')}
        />
        <IconButton
          label={words.help}
          icon={<CircleHelp size={18} aria-hidden />}
          onClick={onHelp}
          className="max-tablet:hidden"
        />
        <span className="max-tablet:hidden">
          <ThemeToggle />
        </span>
        <IconButton
          label={words.more}
          icon={<Menu size={18} aria-hidden />}
          onClick={() => onOpen('more')}
          className="desk:hidden"
        />
      </nav>
    </header>
  );
}
