/** A node of an ONNX graph, as far as recognising what it computes needs. */
import { fields, FIXED32, LENGTH, VARINT, type ByteSource } from './protobuf-read';

export interface GraphNode {
  readonly type: string;
  /** Names of values; '' is one left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Those that are one number; every negative integer is -1. */
  readonly numbers: ReadonlyMap<string, number>;
}

// Field numbers of onnx.proto.
const NODE = { input: 1, output: 2, type: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, float: 2, int: 3 } as const;

/** @throws RangeError where the bytes are no message */
export async function readNode(source: ByteSource, begin: number, end: number): Promise<GraphNode> {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const numbers = new Map<string, number>();
  let type = '';
  for await (const field of fields(source, begin, end)) {
    if (field.wire !== LENGTH) continue;
    const text = async () => new TextDecoder().decode(await source.read(field.content, field.end - field.content));
    if (field.number === NODE.input) inputs.push(await text());
    else if (field.number === NODE.output) outputs.push(await text());
    else if (field.number === NODE.type) type = await text();
    else if (field.number === NODE.attribute) {
      const attribute = await readNumber(source, field.content, field.end);
      if (attribute) numbers.set(attribute.name, attribute.value);
    }
  }
  return { type, inputs, outputs, numbers };
}

async function readNumber(
  source: ByteSource,
  begin: number,
  end: number,
): Promise<{ name: string; value: number } | null> {
  let name = '';
  let value: number | null = null;
  for await (const field of fields(source, begin, end)) {
    const bytes = () => source.read(field.content, field.end - field.content);
    if (field.number === ATTRIBUTE.name) name = new TextDecoder().decode(await bytes());
    else if (field.number === ATTRIBUTE.int && field.wire === VARINT)
      value = field.value > Number.MAX_SAFE_INTEGER ? -1 : field.value;
    else if (field.number === ATTRIBUTE.float && field.wire === FIXED32) {
      const given = await bytes();
      value = new DataView(given.buffer, given.byteOffset).getFloat32(0, true);
    }
  }
  return value === null ? null : { name, value };
}
