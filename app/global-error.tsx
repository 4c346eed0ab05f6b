'use client';
/** In place of everything, where even the frame around the pages broke. */
import { PageFailed } from '@/components/ui/page-failed';
import './globals.css';

export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <PageFailed onAgain={reset} />
      </body>
    </html>
  );
}
