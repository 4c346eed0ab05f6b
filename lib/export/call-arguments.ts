/** A call's arguments as foreign readers take them: its box in the frame they will read, in the picture that has pixels of its own. */
import { rootPlace, type StepOf, type Trajectory } from '@/lib/trajectory';

export interface CallArguments {
  readonly name: string;
  readonly arguments: unknown;
}

/**
 * @param thousandths count so; else in pixels
 * @param shown ids of the pictures in the order in which the conversation shows them
 */
export function argumentsOf(
  run: Trajectory,
  call: StepOf<'call'>,
  thousandths: boolean,
  shown: readonly string[],
): CallArguments {
  const place = call.place && rootPlace(run.pictures, call.place);
  const name = call.tool === 'zoom' ? 'image_zoom_in_tool' : call.tool;
  if (!place) return { name, arguments: call.input ?? call.written };
  const { width, height } = thousandths ? place.picture : { width: 1000, height: 1000 };
  const { x1, y1, x2, y2 } = place.box;
  const [x, y] = [(value: number) => round((value / width) * 1000), (value: number) => round((value / height) * 1000)];
  const index = shown.indexOf(place.picture.id);
  return {
    name,
    arguments: {
      bbox_2d: [x(x1), y(y1), x(x2), y(y2)],
      ...(call.label !== '' && { label: call.label }),
      ...(index > 0 && { image_index: index }),
    },
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
