/** The picture with its boxes. */
import { countingIn } from '../counting';

const { number } = countingIn('en');

const percent = (share: number, digits = 0) =>
  number(share, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });

export const canvas = {
  label: 'Canvas',
  controls: 'Picture. Plus and minus zoom, arrow keys pan, 0 fits.',
  showBoxes: 'Show boxes',
  hideBoxes: 'Hide boxes',
  zoomToCrop: 'Zoom to the crop',
  zoomToCropAndBack: 'Zoom to the crop and back',
  eye: 'What the model sees',
  eyeHint: (width: number, height: number) => `The whole picture as the model had it: ${width}×${height}`,
  fit: 'Fit the whole picture',
  zoomOut: 'Zoom out',
  zoomIn: 'Zoom in',
  zoom: 'Zoom',
  scale: (scale: number) => percent(scale, scale < 0.1 ? 1 : 0),
  editor: 'Box. Drag to draw it, or move and resize it with the arrow keys; Shift resizes.',
  editorAt: (left: string, top: string, right: string, bottom: string) =>
    `From ${left} across and ${top} down, to ${right} across and ${bottom} down`,
  percent: (share: number) => percent(share),
  /** A control with its key. */
  withKey: (label: string, key: string) => `${label} (${key})`,

  /** The picture for those who do not see it; a sentence each. */
  picture: (size: string | null, isHere: boolean) =>
    `${size === null ? 'Picture of unknown size' : `Picture of ${size}`}${isHere ? '' : ', not available'}.`,
  pixels: (width: number, height: number) => `${width} by ${height} pixels`,
  lookedAt: (places: readonly string[]) => `The model looked at ${places.join('; ')}.`,
  /** `x` and `y` are shares of the sides. */
  place: ({ at, label, x, y, active }: Place) =>
    `${at}, ${label || 'a place'}, centered ${percent(x)} from the left and ${percent(y)} from the top${active ? ' (now)' : ''}`,
  pointsAt: (places: readonly string[], more: number) =>
    `It points at ${places.join('; ')}${more === 0 ? '' : `; and ${number(more)} more`}.`,
  pointedPlace: ({ label, x, y }: Pointed) =>
    `${label || 'a place'}, ${percent(x)} from the left and ${percent(y)} from the top`,
};

interface Pointed {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

interface Place extends Pointed {
  readonly at: number;
  readonly active: boolean;
}
