/**
 * The page that an export to HTML is: the runs and pictures that lie in it, in the app's own player. Built by scripts/player.mjs into one
 * script; it fetches nothing. What lies in the page is read as JSON and shown by React, which makes text of text.
 */
import { createRoot } from 'react-dom/client';
import 'virtual:page.css';
import type { Trajectory } from '@/lib/trajectory';
import { StandalonePage } from './standalone-page';

function jsonOf(id: string): unknown {
  return JSON.parse(document.getElementById(id)?.textContent || 'null');
}

const host = document.getElementById('player');
// Written by the export beside this very script (lib/export/writers/html.ts).
const runs = jsonOf('runs') as readonly Trajectory[];
const files = jsonOf('files') as Readonly<Record<string, string>>;
if (host) createRoot(host).render(<StandalonePage runs={runs} files={files} />);
