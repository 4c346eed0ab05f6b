/** A part of a sheet under its own heading. */
import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly id?: string;
  readonly children: ReactNode;
}

export function Section({ title, id, children }: SectionProps) {
  return (
    <section id={id} className="mt-7 first:mt-1">
      <h3 className="border-b border-line pb-1.5 text-small font-semibold text-ink-faint">{title}</h3>
      {children}
    </section>
  );
}
