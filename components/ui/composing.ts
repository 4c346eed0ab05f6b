/**
 * Whether a key belongs to an input method: Enter picks a character then, Escape takes one back. Safari ends the composition before it
 * tells of the key, and only the old `keyCode` still says so.
 */
const OF_AN_INPUT_METHOD = 229;

interface Pressed {
  readonly isComposing?: boolean;
  readonly keyCode?: number;
}

/** Takes events of the browser and of React, which carry the browser's. */
export function isComposing(event: Pressed | { readonly nativeEvent: Pressed }): boolean {
  const pressed = 'nativeEvent' in event ? event.nativeEvent : event;
  return pressed.isComposing === true || pressed.keyCode === OF_AN_INPUT_METHOD;
}
