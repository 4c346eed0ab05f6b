/** What went wrong, in three lines: what happened, what it means, what to do. */
interface NoticeWordsProps {
  readonly notice: { readonly title: string; readonly detail: string; readonly advice: string };
}

export function NoticeWords({ notice: { title, detail, advice } }: NoticeWordsProps) {
  return (
    <>
      <p className="text-body font-semibold">{title}</p>
      <p className="mt-0.5 wrap-anywhere text-ink-soft">{detail}</p>
      <p className="mt-1 font-medium">{advice}</p>
    </>
  );
}
