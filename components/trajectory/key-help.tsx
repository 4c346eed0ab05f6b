'use client';
/** The list of keys, as a table to put into a dialog. */
import type { ReactNode } from 'react';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { PLAYER_KEYS } from './player-keys';

export function KeyHelp(): ReactNode {
  const { commands, space, escape, branches, zoom, pan } = useTrajectoryWords().keys;
  const names: Readonly<Record<string, string>> = { ArrowRight: '→', ArrowLeft: '←', ' ': space, Escape: escape };
  const rows = [
    ...PLAYER_KEYS.map(({ keys, command }) => ({
      keys: keys.map((key) => names[key] ?? key),
      words: commands[command],
    })),
    { keys: ['[', ']'], words: branches },
    { keys: ['+', '−'], words: zoom },
    { keys: ['←', '→', '↑', '↓'], words: pan },
  ];
  return (
    <table className="w-full text-small">
      <tbody>
        {rows.map(({ keys, words }) => (
          <tr key={words} className="border-t border-line first:border-t-0">
            <th scope="row" className="py-1.5 pr-4 text-left font-normal text-ink-soft">
              {words}
            </th>
            <td className="py-1.5 text-right whitespace-nowrap">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="ml-1 inline-block min-w-6 rounded-s border border-line-strong bg-surface px-1.5 text-center font-sans text-micro leading-5"
                >
                  {key}
                </kbd>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
