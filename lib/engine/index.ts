/**
 * Engine: runs a vision-language model behind one contract.
 *
 * - **model**: a folder of files with a manifest. **session**: one ONNX graph ready to run. **prefill**: computing the
 *   prompt's part of the cache. **decode**: one token after another. **KV**: the keys and values kept per token.
 */
export type { CallForm, CallGrammar, CallPiece, NumberRange, TaggedText } from './call-grammar';
export { connectEngine, ORT_PATH } from './client';
export type { ConnectOptions, EngineWorker, LocalEngine } from './client';
export { ENGINE_ERROR_CODES, EngineError } from './contract';
export type {
  Device,
  EngineErrorCode,
  EngineNote,
  EngineImage,
  GenerateEvent,
  GenerateRequest,
  GenerateUsage,
  HubAccess,
  EngineProblem,
  EngineRemark,
  KeptCopy,
  LoadProgress,
  LoadRequest,
  ManifestImage,
  ManifestTraining,
  Message,
  TurnPiece,
  MessageContent,
  ModelCard,
  ModelFile,
  ModelManifest,
  PromptEvent,
  RunsOn,
  Sampling,
  ScoredToken,
  ScoreEvent,
  ScoreRequest,
  ScoreUsage,
  ToldUsage,
  VlmEngine,
  WorldDistance,
} from './contract';
export { imageTokens, modelSize } from './sizing';
export { replayEngine } from './replay-engine';
export type { ReplayOptions } from './replay-engine';
