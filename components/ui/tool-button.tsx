/** A small tool among words: an icon and its name, without an edge; `pressed` where it switches something. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface ToolButtonProps {
  readonly icon: LucideIcon;
  /** What it does, at more length. */
  readonly hint: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function ToolButton({ icon: Icon, hint, pressed, disabled, onClick, children }: ToolButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      disabled={disabled}
      title={hint}
      onClick={onClick}
      className="flex h-8 shrink-0 items-center gap-1.5 rounded-m px-2 text-micro text-ink-soft transition-colors duration-(--quick) enabled:hover:bg-hover enabled:hover:text-ink disabled:opacity-50 aria-pressed:bg-accent-wash aria-pressed:text-accent touch:h-11"
    >
      <Icon aria-hidden size={13} />
      {children}
    </button>
  );
}
