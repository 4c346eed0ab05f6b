/**
 * Draws a scene on a canvas by the rules that the model's training pictures were drawn by: icon with a soft shadow, and a
 * small plate at its lower edge with writing or dots on it. One drawing for the screen and for the picture that is asked.
 */
import { paintGround } from './ground';
import { spriteRegion, type IconCatalog } from './icon-catalog';
import { iconSize, PLATE_HEIGHT, SCENE_SIZE, type Draft, type DraftObject, type DraftTag } from './scene-draft';

type Context = CanvasRenderingContext2D;

/** What drawing needs besides the data: sheets by style. Fonts are in `document.fonts`. */
export interface Material {
  readonly catalog: IconCatalog;
  readonly sheets: ReadonlyMap<string, CanvasImageSource>;
}

/** How far the plate lies over the icon's lower edge, in plate heights. */
const BITE = 0.3;
/** Beside the writing, both sides together, in plate heights. */
const PADDING = 0.7;
/** Corner radius, in plate heights. */
const ROUND = 0.24;
/** From dot to dot, in dot diameters. */
const PITCH = 1.6;
const LETTER_GAP = 0.03;
const SHADOW = { color: 'rgb(0 0 0 / 0.3)', shift: 0.045, blur: 0.04 } as const;

/** Where an object's plate is centred. */
export function plateCentre(catalog: IconCatalog, object: DraftObject) {
  const { height } = iconSize(catalog, object);
  return { x: object.x, y: object.y + height / 2 + PLATE_HEIGHT * (0.5 - BITE) };
}

function drawIcon(context: Context, { catalog, sheets }: Material, object: DraftObject): void {
  const region = spriteRegion(catalog, object.style, object.noun);
  const sheet = sheets.get(object.style);
  if (!region || !sheet) return;
  const { width, height } = iconSize(catalog, object);
  context.save();
  context.shadowColor = SHADOW.color;
  context.shadowBlur = object.size * SHADOW.blur;
  context.shadowOffsetX = object.size * SHADOW.shift * 0.5;
  context.shadowOffsetY = object.size * SHADOW.shift;
  const at = { x: object.x - width / 2, y: object.y - height / 2 };
  context.drawImage(sheet, region.x, region.y, region.width, region.height, at.x, at.y, width, height);
  context.restore();
}

/** Sets the font so that capitals are as high as the rules say. */
function setFont(context: Context, { rules, fonts }: IconCatalog, fontIndex: number): void {
  const font = fonts[fontIndex] ?? fonts[0];
  const face = (size: number) => `${font?.weight ?? 700} ${size}px "${font?.family ?? 'sans-serif'}", sans-serif`;
  context.font = face(200);
  const cap = context.measureText('H').actualBoundingBoxAscent;
  context.font = face((200 * rules.capPerPlateHeight * PLATE_HEIGHT) / cap);
}

function plate(
  context: Context,
  width: number,
  color: string,
  centre: { readonly x: number; readonly y: number },
): void {
  context.save();
  context.shadowColor = 'rgb(0 0 0 / 0.3)';
  context.shadowBlur = PLATE_HEIGHT * 0.16;
  context.shadowOffsetY = PLATE_HEIGHT * 0.05;
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(centre.x - width / 2, centre.y - PLATE_HEIGHT / 2, width, PLATE_HEIGHT, PLATE_HEIGHT * ROUND);
  context.fill();
  context.restore();
}

function drawWriting(context: Context, material: Material, tag: DraftTag, object: DraftObject, font: number): void {
  const { catalog } = material;
  const centre = plateCentre(catalog, object);
  setFont(context, catalog, font);
  context.letterSpacing = `${LETTER_GAP * PLATE_HEIGHT}px`;
  context.textBaseline = 'alphabetic';
  const ink = context.measureText(tag.text);
  const inkWidth = ink.actualBoundingBoxLeft + ink.actualBoundingBoxRight;
  plate(
    context,
    Math.max(PLATE_HEIGHT, inkWidth + PADDING * PLATE_HEIGHT),
    catalog.colors[tag.color] ?? '#fff',
    centre,
  );
  context.fillStyle = catalog.colors[tag.ink] ?? '#000';
  const baseline = centre.y + (catalog.rules.capPerPlateHeight * PLATE_HEIGHT) / 2;
  context.fillText(tag.text, centre.x - inkWidth / 2 + ink.actualBoundingBoxLeft, baseline);
}

function drawDots(context: Context, material: Material, tag: DraftTag, object: DraftObject): void {
  const { catalog } = material;
  const centre = plateCentre(catalog, object);
  const dot = catalog.rules.dotPerPlateHeight * PLATE_HEIGHT;
  const wide = dot * (1 + PITCH * (tag.dots - 1));
  plate(context, wide + PADDING * PLATE_HEIGHT, catalog.colors[tag.color] ?? '#fff', centre);
  context.fillStyle = catalog.colors[tag.ink] ?? '#000';
  for (let index = 0; index < tag.dots; index += 1) {
    context.beginPath();
    context.arc(centre.x - wide / 2 + dot / 2 + index * dot * PITCH, centre.y, dot / 2, 0, 2 * Math.PI);
    context.fill();
  }
}

/** The whole scene at its own size; the canvas must be `SCENE_SIZE`. */
export function drawScene(context: Context, draft: Draft, material: Material): void {
  context.clearRect(0, 0, SCENE_SIZE.width, SCENE_SIZE.height);
  context.imageSmoothingQuality = 'high';
  paintGround(context, draft.pattern, draft.palette);
  for (const object of draft.objects) drawIcon(context, material, object);
  for (const object of draft.objects) {
    const { tag } = object;
    if (tag.kind === 'dots') drawDots(context, material, tag, object);
    else if (tag.text !== '') drawWriting(context, material, tag, object, draft.font);
  }
}
