'use client';
/** The list of keys, as a table to put into a dialog. */
import type { ReactNode } from 'react';
import { PLAYER_KEYS } from './player-keys';

const KEY_NAMES: Readonly<Record<string, string>> = { ArrowRight: '→', ArrowLeft: '←', ' ': 'Space', Escape: 'Esc' };

const CANVAS_ROWS: readonly { readonly keys: readonly string[]; readonly words: string }[] = [
  { keys: ['+', '−'], words: 'Zoom, with the picture focused' },
  { keys: ['←', '→', '↑', '↓'], words: 'Move the picture, with it focused' },
];

export function KeyHelp(): ReactNode {
  const rows = [
    ...PLAYER_KEYS.map(({ keys, words }) => ({ keys: keys.map((key) => KEY_NAMES[key] ?? key), words })),
    ...CANVAS_ROWS,
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
