/** Servers that are known by name: where they listen by default, and what they speak. */
import type { WireId } from '@/lib/engine/remote';
import type { Words } from '@/lib/words';

export interface ServerPreset {
  readonly id: keyof Words['servers']['presets'];
  readonly url: string;
  readonly wire: WireId;
}

export const SERVER_PRESETS: readonly ServerPreset[] = [
  { id: 'vllm', url: 'http://localhost:8000/v1', wire: 'chat' },
  { id: 'sglang', url: 'http://localhost:30000/v1', wire: 'chat' },
  { id: 'lm-studio', url: 'http://localhost:1234/v1', wire: 'chat' },
  { id: 'ollama', url: 'http://localhost:11434/v1', wire: 'chat' },
  { id: 'llama-cpp', url: 'http://localhost:8080/v1', wire: 'chat' },
  { id: 'anthropic', url: 'https://api.anthropic.com/v1', wire: 'messages' },
  { id: 'gemini', url: 'https://generativelanguage.googleapis.com/v1beta', wire: 'gemini' },
  { id: 'openai', url: 'https://api.openai.com/v1', wire: 'responses' },
  { id: 'other', url: '', wire: 'chat' },
];
