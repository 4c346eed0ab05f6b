/**
 * What the page and the engine's worker say to each other over rpc.ts. Types only. The worker does strictly what it is
 * told: which device to use, and what to do when one fails, is the page's decision (client.ts).
 */
import type {
  Device,
  EngineImage,
  GenerateEvent,
  GenerateRequest,
  HubAccess,
  LoadProgress,
  PixelsRead,
  PixelsRequest,
  ScoreEvent,
  ScoreRequest,
  WorldDistance,
} from './contract';

export interface WorkerLoadRequest {
  /** Absolute URL of the model folder, with a slash at the end; or a `hub:` or `local:` address as it is. */
  readonly modelUrl: string;
  /** Left out: the hub itself, without a token. */
  readonly hub?: HubAccess | undefined;
  /** Absolute URL of the folder that holds ONNX Runtime's files, with a slash at the end; '' where it finds its own. */
  readonly ortUrl: string;
  readonly device: Device;
  /** Refuse an adapter that is a software rasteriser: the WASM device is faster than it. */
  readonly refuseSoftwareGpu: boolean;
}

/** `ready.remarks` is what the worker knows (for instance that the shared cache was given up). */
export type WorkerLoadProgress = LoadProgress;

export interface DeviceLoss {
  readonly message: string;
}

export type WorkerMethods = {
  load: { request: WorkerLoadRequest; item: WorkerLoadProgress };
  generate: { request: GenerateRequest; item: GenerateEvent };
  score: { request: ScoreRequest; item: ScoreEvent };
  /** One item. */
  pixels: { request: PixelsRequest; item: PixelsRead };
  /** One item; none where the model does not say. */
  distance: { request: EngineImage; item: WorldDistance };
  /** Stays open; one item when the GPU device is lost, whatever the worker is doing. */
  watch: { request: null; item: DeviceLoss };
  /** Destroys the GPU device, as a driver reset would. Empty stream; does nothing on WASM. */
  loseDevice: { request: null; item: never };
};
