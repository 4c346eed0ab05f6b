'use client';
/** The results as files: DeepEyes' lines with Loupe's runs in them, a spreadsheet, and the runs with their pictures. */
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { saveFile } from '@/components/ui/save-file';
import { csvOf, jsonLineOf, type BenchState } from '@/lib/bench';
import { hashesOf } from '@/lib/trajectory';
import { loadArchive } from '@/lib/library';
import { useBenchWords } from '@/lib/words/bench';

export function ExportBar({ results, questions }: Pick<BenchState, 'results' | 'questions'>) {
  const words = useBenchWords().export;
  const [packing, setPacking] = useState(false);
  const [said, setSaid] = useState('');
  const saveText = (parts: readonly string[], type: string, ending: string) =>
    saveFile(new Blob([...parts], { type }), `loupe-bench-${new Date().toISOString().slice(0, 10)}.${ending}`);

  const saveRuns = async () => {
    setPacking(true);
    setSaid('');
    try {
      await packRuns();
    } catch {
      setSaid(words.failed);
    } finally {
      setPacking(false);
    }
  };

  const packRuns = async () => {
    const { exportRuns } = await loadArchive();
    const byRun = new Map(results.map((result) => [result.trajectory.id, result]));
    const scenes = new Map(questions.map(({ scene }) => [scene.name, scene]));
    const load = async (id: string) => {
      const result = byRun.get(id);
      if (!result) return null;
      const image =
        (await scenes
          .get(result.scene)
          ?.readPicture()
          .catch(() => null)) ?? null;
      const [hash] = hashesOf(result.trajectory);
      const files = new Map(image && hash !== undefined ? [[hash, image]] : []);
      return { trajectory: result.trajectory, files };
    };
    const runs = results.map(({ trajectory, question }) => ({ ...trajectory, question, tags: ['bench'] }));
    const { files, left } = await exportRuns({ load }, runs);
    for (const { blob, name } of files) saveFile(blob, name);
    if (left.length > 0) setSaid(words.left(left.length));
  };

  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="small"
        onClick={() =>
          saveText(
            results.map((result) => `${jsonLineOf(result)}\n`),
            'application/jsonl',
            'jsonl',
          )
        }
      >
        <Download size={14} aria-hidden />
        {words.jsonLines}
      </Button>
      <Button size="small" onClick={() => saveText([csvOf(results)], 'text/csv', 'csv')}>
        <Download size={14} aria-hidden />
        {words.csv}
      </Button>
      <Button size="small" disabled={packing} onClick={() => void saveRuns()}>
        <Download size={14} aria-hidden />
        {packing ? words.packing : words.runs}
      </Button>
      <p role="status" className="basis-full text-small text-danger empty:hidden">
        {said}
      </p>
    </div>
  );
}
