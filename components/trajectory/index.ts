/**
 * The run as text and as a strip of steps. Everything here reads the nearest player.
 *
 * - `TrajectoryPanel`: the steps up to the cursor. `PlayerBar`: buttons, timeline, speed.
 * - `usePlayerKeys`: the page's keys; mount once. `KeyHelp`: the table of keys for a dialog.
 */
export { TrajectoryPanel } from './trajectory-panel';
export type { TrajectoryPanelProps } from './trajectory-panel';
export { PlayerBar } from './player-bar';
export type { PlayerBarProps } from './player-bar';
export { formatDuration } from './format';
export { KeyHelp } from './key-help';
export { usePlayerKeys } from './use-player-keys';
