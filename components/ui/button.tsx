/**
 * Buttons in three weights: `primary` for the one thing to do next, `outline` for choices beside it, `quiet` for tools.
 * Icon buttons take their name from `label`, which is also the tooltip.
 */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classNames } from './class-names';

type Weight = 'primary' | 'outline' | 'quiet' | 'danger';

const BASE =
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-m font-medium select-none transition-colors duration-(--quick) disabled:cursor-not-allowed disabled:opacity-50';

const WEIGHTS = {
  primary:
    'bg-accent text-accent-on hover:enabled:bg-accent-hover disabled:bg-line disabled:text-ink-faint disabled:opacity-100',
  outline: 'border border-line-strong bg-surface text-ink hover:enabled:bg-hover',
  quiet: 'text-ink-soft hover:enabled:bg-hover hover:enabled:text-ink',
  danger: 'bg-danger text-surface hover:enabled:opacity-90',
} as const satisfies Record<Weight, string>;

const SIZES = { small: 'h-8 px-2.5 text-small', medium: 'h-10 px-4 text-body' } as const;

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly weight?: Weight;
  readonly size?: keyof typeof SIZES;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** The look of a button, for links that stand among buttons. */
export function buttonClass(weight: Weight = 'outline', size: keyof typeof SIZES = 'medium'): string {
  return classNames(BASE, WEIGHTS[weight], SIZES[size]);
}

export function Button({ weight = 'outline', size = 'medium', className, type, ...rest }: ButtonProps) {
  return <button {...rest} type={type ?? 'button'} className={classNames(buttonClass(weight, size), className)} />;
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly label: string;
  readonly icon: ReactNode;
  readonly weight?: Weight;
}

export function IconButton({ label, icon, weight = 'quiet', className, type, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-label={label}
      title={rest.title ?? label}
      className={classNames(BASE, WEIGHTS[weight], 'size-9 touch:size-10', className)}
    >
      {icon}
    </button>
  );
}
