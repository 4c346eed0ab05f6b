/**
 * Why a fetch of another site's picture failed: a browser tells a page only that it did. A second request that wants no answer to
 * read goes through where the site is there and merely forbids reading. In an isolated page that request is stopped too, but then
 * Chromium reports that an answer was stopped; others say nothing, and it stays open which of the two it was.
 */

export type WhyNoAnswer = 'blocked' | 'unreachable' | 'blocked-or-unreachable';

/** Reports come in a task of their own, soon after. */
const REPORT_MS = 100;

export async function whyNoAnswer(url: URL, signal?: AbortSignal): Promise<WhyNoAnswer> {
  if (url.origin === globalThis.location?.origin) return 'unreachable';
  let stopped = 0;
  // Others have the observer too, and need not tell it of this.
  const canReport = typeof ReportingObserver !== 'undefined' && 'userAgentData' in navigator;
  const note = (reports: readonly unknown[]) => void (stopped += reports.length);
  const observer = canReport ? new ReportingObserver(note, { types: ['coep'] }) : null;
  observer?.observe();
  try {
    await fetch(url, {
      mode: 'no-cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...(signal && { signal }),
    });
    return 'blocked';
  } catch {
    signal?.throwIfAborted();
    if (!globalThis.crossOriginIsolated) return 'unreachable';
    if (observer === null) return 'blocked-or-unreachable';
    await new Promise((resolve) => setTimeout(resolve, REPORT_MS));
    note(observer.takeRecords());
    return stopped > 0 ? 'blocked' : 'unreachable';
  } finally {
    observer?.disconnect();
  }
}
