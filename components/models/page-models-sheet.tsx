'use client';
/** The choice of a model with its real parts. */
import { ModelsSheet } from './models-sheet';
import { pageModelDesk } from './page-model-desk';

interface PageModelsSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function PageModelsSheet(props: PageModelsSheetProps) {
  return <ModelsSheet {...props} desk={pageModelDesk} />;
}
