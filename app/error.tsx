'use client';
/** In place of a page that broke: what happened, and the way on. What is kept and what is loaded stay. */
import { useEffect } from 'react';
import { PageFailed } from '@/components/ui/page-failed';

interface ErrorProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function PageError({ error, reset }: ErrorProps) {
  useEffect(() => console.error(error), [error]);
  return <PageFailed onAgain={reset} />;
}
