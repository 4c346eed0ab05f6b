import { Playground } from '@/components/playground';

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export default async function Page({ searchParams }: PageProps) {
  const { run } = await searchParams;
  return <Playground opensRun={run !== undefined} />;
}
