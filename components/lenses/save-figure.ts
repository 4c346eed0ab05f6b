/** A figure as a file of its own: the page's colours and letters written into it, on the page's ground. */
import { saveFile } from '@/components/ui/save-file';

/** What a drawing takes from the page's style sheet. */
const TAKEN = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'stroke-linecap'],
  ...['stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor'],
];

/** Pixels of a PNG for one of the figure's. */
const SHARP = 3;
/** Around it. */
const MARGIN = 16;

export async function saveFigure(svg: SVGSVGElement, name: string, as: 'svg' | 'png'): Promise<void> {
  const { text, width, height } = writeFigure(svg);
  const drawing = new Blob([text], { type: 'image/svg+xml' });
  const file = as === 'svg' ? drawing : await drawPng(drawing, width, height);
  if (file)
    saveFile(
      file,
      `loupe-${name
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '')
        .toLowerCase()}.${as}`,
    );
}

/** Sizes in CSS pixels. */
export function writeFigure(svg: SVGSVGElement): {
  readonly text: string;
  readonly width: number;
  readonly height: number;
} {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [svg, copy].map((one) => [one, ...one.querySelectorAll<SVGElement>('*')]) as [
    Element[],
    SVGElement[],
  ];
  to.forEach((element, at) => {
    const style = getComputedStyle(from[at]!);
    element.removeAttribute('class');
    element.removeAttribute('tabindex');
    element.setAttribute('style', TAKEN.map((key) => `${key}:${style.getPropertyValue(key)}`).join(';'));
  });
  const { width: inner, height: tall } = svg.viewBox.baseVal;
  const [width, height] = [inner + 2 * MARGIN, tall + 2 * MARGIN];
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('viewBox', `${-MARGIN} ${-MARGIN} ${width} ${height}`);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [key, value] of Object.entries({ x: -MARGIN, y: -MARGIN, width, height }))
    ground.setAttribute(key, String(value));
  ground.setAttribute('style', `fill:${groundOf(svg)}`);
  copy.prepend(ground);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

/** What lies under it on the page. */
function groundOf(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (!/^(?:transparent|rgba\(0, 0, 0, 0\))$/.test(backgroundColor)) return backgroundColor;
  }
  return 'white';
}

async function drawPng(drawing: Blob, width: number, height: number): Promise<Blob | null> {
  const address = URL.createObjectURL(drawing);
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(width * SHARP), Math.round(height * SHARP)];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}
