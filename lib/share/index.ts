/**
 * Share: a run by link. The server keeps bytes that it cannot read; the key is in the link's fragment.
 *
 * - **share**: one encrypted run on a server, with an end. **id**: names it, public. **key**: reads it, in the fragment.
 *   **delete token**: removes it, kept by the sharer. **payload**: the plaintext that is encrypted. **cut**: a share of only
 *   the first steps.
 */
export { SHARE_ERROR_CODES, SHARE_EXPIRIES, ShareError } from './contract';
export type {
  DeleteShare,
  FindShare,
  FoundShare,
  OpenOptions,
  OpenShare,
  OwnShare,
  OwnShares,
  PackedShare,
  PackOptions,
  PackShare,
  ReadShareLimits,
  ShareAddress,
  SharedRun,
  ShareErrorCode,
  ShareExpiry,
  ShareLimits,
  ShareServer,
  ShareSource,
  UploadOptions,
  UploadShare,
} from './contract';
export {
  embedCode,
  embedLink,
  isShareId,
  isShareKey,
  keyOfFragment,
  parseShareLink,
  shareLink,
  stepOfQuery,
} from './address';
export { openOwnShares } from './own-shares';
export { packShare } from './pack';
export { findShare, openShare } from './open';
export { MAX_PASSWORD_LETTERS } from './password';
export { deleteShare, readShareLimits, uploadShare } from './upload';
