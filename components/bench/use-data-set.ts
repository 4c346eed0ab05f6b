/**
 * The data set to ask from. A wrong folder or archive costs nothing: what was chosen before stays, and the reason is told.
 */
import { useEffect, useState } from 'react';
import { countQuestions, fetchShippedScenes, readDataSet, zipFiles, type DataFile, type DataSet } from '@/lib/bench';

export interface DataChoice {
  readonly dataSet: DataSet | null;
  /** Being read: its name. */
  readonly reading: string | null;
  /** Why the last choice was not taken. */
  readonly refused: { readonly name: string; readonly reasons: readonly string[] } | null;
  readonly chooseShipped: () => void;
  readonly chooseFolder: (files: readonly File[]) => void;
  readonly chooseZip: (file: File) => void;
}

export function useDataSet(): DataChoice {
  const [dataSet, setDataSet] = useState<DataSet | null>(null);
  const [reading, setReading] = useState<string | null>(null);
  const [refused, setRefused] = useState<DataChoice['refused']>(null);

  const take = async (name: string, read: () => Promise<DataSet>) => {
    setReading(name);
    setRefused(null);
    try {
      const found = await read();
      if (countQuestions(found) > 0) setDataSet(found);
      else
        setRefused({
          name,
          reasons: found.problems.map(({ file, reason }) => (file === name ? reason : `${file}: ${reason}`)),
        });
    } catch (error) {
      setRefused({ name, reasons: [error instanceof Error ? error.message : 'It could not be read.'] });
    } finally {
      setReading(null);
    }
  };

  const chooseShipped = () => void take('the shipped scenes', fetchShippedScenes);
  useEffect(() => {
    let here = true;
    fetchShippedScenes().then(
      (found) => here && setDataSet((chosen) => chosen ?? found),
      // Asked for again, with its reason, by the button.
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, []);

  return {
    dataSet,
    reading,
    refused,
    chooseShipped,
    chooseFolder: (files) => {
      const name = files[0]?.webkitRelativePath.split('/')[0] || 'the folder';
      void take(name, () => readDataSet(name, files.map(fileOfFolder)));
    },
    chooseZip: (file) => void take(file.name, async () => readDataSet(file.name, await zipFiles(file))),
  };
}

function fileOfFolder(file: File): DataFile {
  // Without the chosen folder's own name.
  const path = file.webkitRelativePath.split('/').slice(1).join('/') || file.name;
  return { path, read: () => Promise.resolve(file) };
}
