/** When keys that act on the whole page are left alone. */
import { isComposing } from './composing';

const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"]';
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], dialog';
const MODAL = '[aria-modal="true"], dialog:modal';
const ARROW_OWNERS =
  '[role="slider"], [role="spinbutton"], [role="tablist"], [role="radiogroup"], [role="grid"], [role="tree"], [role="toolbar"], [role="combobox"], audio, video';
const PRESSABLE =
  'button, a[href], summary, label, [role="button"], [role="switch"], [role="checkbox"], [role="tab"], [role="radio"]';

/** Whether a key pressed on the page belongs to someone else: an input method, a shortcut, a field, an overlay, a control. */
export function isKeyTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return true;
  const { target, key } = event;
  if (!(target instanceof Element)) return false;
  if (target.closest(OVERLAYS) || target.ownerDocument.querySelector(MODAL)) return true;
  // Where nothing can be written an input method has nothing to compose.
  if (target.closest(TYPING) && isComposing(event)) return true;
  // Escape writes nothing: it stops a run also for whoever has just typed the question.
  if (target.closest(key === 'Escape' ? 'select' : TYPING)) return true;
  if (key === ' ') return target.closest(PRESSABLE) !== null;
  if (key.startsWith('Arrow') || key === 'Home' || key === 'End') return target.closest(ARROW_OWNERS) !== null;
  return false;
}
