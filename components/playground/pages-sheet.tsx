'use client';
/** Every page by its name, and what a narrow window's header has no room for. */
import { CircleHelp, FolderOpen, Gauge, GraduationCap, House, LibraryBig, Link2, Shapes } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Sheet } from '@/components/ui/sheet';
import { usePlaygroundWords } from '@/lib/words/playground';

interface PagesSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onShares: () => void;
  readonly onHelp: () => void;
}

const ROW =
  'flex min-h-11 w-full items-center gap-3 rounded-m px-3 text-left hover:bg-hover aria-[current]:bg-accent-wash aria-[current]:text-accent';

export function PagesSheet({ open, onOpenChange, onShares, onHelp }: PagesSheetProps) {
  const { header: words, pages } = usePlaygroundWords();
  const path = usePathname();
  const places = [
    { href: '/', name: words.start, Icon: House },
    { href: '/make', name: pages.make, Icon: Shapes },
    { href: '/library', name: pages.library, Icon: LibraryBig },
    { href: '/set', name: pages.sets, Icon: FolderOpen },
    { href: '/learn', name: pages.learn, Icon: GraduationCap },
    { href: '/bench', name: pages.bench, Icon: Gauge },
  ];
  // The sheet goes before the other comes, so that the focus has a way back.
  const instead = (show: () => void) => () => {
    onOpenChange(false);
    show();
  };
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={words.more}>
      <nav aria-label={words.more} className="-mx-3">
        <ul>
          {places.map(({ href, name, Icon }) => (
            <li key={href}>
              <Link
                href={href}
                aria-current={path === href ? 'page' : undefined}
                onClick={() => onOpenChange(false)}
                className={ROW}
              >
                <Icon size={18} aria-hidden className="shrink-0" />
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <ul className="-mx-3 mt-2 border-t border-line pt-2">
        <li>
          <button type="button" onClick={instead(onShares)} className={ROW}>
            <Link2 size={18} aria-hidden className="shrink-0" />
            {words.shares}
          </button>
        </li>
        <li>
          <button type="button" onClick={instead(onHelp)} className={ROW}>
            <CircleHelp size={18} aria-hidden className="shrink-0" />
            {words.help}
          </button>
        </li>
      </ul>
    </Sheet>
  );
}
