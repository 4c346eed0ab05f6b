'use client';
/** Whether the choice of a model is open. It opens from several places of the page, above them all. */
import { createContext, useContext, useState, type ReactNode } from 'react';

const ModelsOpenContext = createContext<readonly [open: boolean, setOpen: (open: boolean) => void]>([
  false,
  () => undefined,
]);

export function ModelsOpen({ children }: { readonly children: ReactNode }) {
  const state = useState(false);
  return <ModelsOpenContext value={state}>{children}</ModelsOpenContext>;
}

export const useModelsOpen = () => useContext(ModelsOpenContext);
