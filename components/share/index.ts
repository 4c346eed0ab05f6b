/**
 * Sharing as the sharer sees it: the dialog and the list of one's own shares. Load it lazily. What a visitor sees is
 * shared-screen.tsx and embed-screen.tsx, each the whole of its route.
 */
export { OwnSharesSheet } from './own-shares-sheet';
export { ShareDialog } from './share-dialog';
