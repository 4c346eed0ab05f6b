'use client';
/**
 * A link to another page of the app, followed without a reload. Not `next/link`, whose code the first page would bring for these few
 * links (2.4 KB of 170): the page it leads to is fetched ahead when it is pointed at or reached by keyboard, not when it comes into sight.
 */
import { useRouter } from 'next/navigation';
import type { ComponentProps, MouseEvent } from 'react';

interface LinkProps extends ComponentProps<'a'> {
  readonly href: string;
}

/** The browser's own: another tab or window, a download. */
const isBrowsers = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button !== 0 || metaKey || ctrlKey || shiftKey || altKey;

export function Link({ href, onClick, ...rest }: LinkProps) {
  const router = useRouter();
  const ahead = () => router.prefetch(href);
  return (
    <a
      {...rest}
      href={href}
      onPointerEnter={ahead}
      onFocus={ahead}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || isBrowsers(event)) return;
        event.preventDefault();
        router.push(href);
      }}
    />
  );
}
