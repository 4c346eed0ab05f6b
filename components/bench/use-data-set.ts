/**
 * The data set to ask from. A wrong folder or archive costs nothing: what was chosen before stays, and the reason is told.
 */
import { useEffect, useState } from 'react';
import {
  countQuestions,
  fetchShippedRealX,
  fetchShippedScenes,
  reasonOf,
  readDataSet,
  zipFiles,
  type DataFile,
  type DataProblem,
  type DataSet,
} from '@/lib/bench';
import { useBenchWords } from '@/lib/words/bench';

export interface DataChoice {
  readonly dataSet: DataSet | null;
  /** Being read; its name is null where it is what ships. */
  readonly reading: Pick<DataSet, 'name'> | null;
  /** Why the last choice was not taken. */
  readonly refused: { readonly name: string | null; readonly reasons: readonly DataProblem[] } | null;
  readonly chooseShipped: () => void;
  /** The set in RealX-Bench's layout that ships. */
  readonly chooseRealX: () => void;
  readonly chooseFolder: (files: readonly File[]) => void;
  readonly chooseZip: (file: File) => void;
}

export function useDataSet(): DataChoice {
  const {
    plan: { theFolder },
    realX,
  } = useBenchWords();
  const [dataSet, setDataSet] = useState<DataSet | null>(null);
  const [reading, setReading] = useState<DataChoice['reading']>(null);
  const [refused, setRefused] = useState<DataChoice['refused']>(null);

  const take = async (name: string | null, read: () => Promise<DataSet>) => {
    setReading({ name });
    setRefused(null);
    try {
      const found = await read();
      if (countQuestions(found) > 0) setDataSet(found);
      else setRefused({ name, reasons: found.problems });
    } catch (error) {
      setRefused({ name, reasons: [{ file: null, reason: reasonOf(error) }] });
    } finally {
      setReading(null);
    }
  };

  const chooseShipped = () => void take(null, fetchShippedScenes);
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
    chooseRealX: () => void take(realX.name, () => fetchShippedRealX(realX.name)),
    chooseFolder: (files) => {
      const name = files[0]?.webkitRelativePath.split('/')[0] || theFolder;
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
