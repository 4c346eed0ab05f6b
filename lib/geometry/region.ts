/**
 * Arithmetic on boxes of one space: area, overlap, clamping, joining. Right and bottom edges are exclusive, and a box
 * with no area is allowed (it is what clamping a box from outside gives).
 */
import type { Box, Size, Space } from './box';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function box<S extends Space>(x1: number, y1: number, x2: number, y2: number): Box<S> {
  return { x1, y1, x2, y2 };
}

/** The whole of a picture or stage as a box. */
export function boxOfSize<S extends Space>(size: Size): Box<S> {
  return { x1: 0, y1: 0, x2: size.width, y2: size.height };
}

export function sizeOf(region: Box<Space>): Size {
  return { width: region.x2 - region.x1, height: region.y2 - region.y1 };
}

export function centerOf(region: Box<Space>): Point {
  return { x: (region.x1 + region.x2) / 2, y: (region.y1 + region.y2) / 2 };
}

/** 0 for boxes that are empty or inside out. */
export function area(region: Box<Space>): number {
  return Math.max(0, region.x2 - region.x1) * Math.max(0, region.y2 - region.y1);
}

export function isEmpty(region: Box<Space>): boolean {
  return !(area(region) > 0);
}

/** Moves every edge to the nearest place inside `size`; a box from outside becomes empty, on the border. */
export function clampBox<S extends Space>(region: Box<S>, size: Size): Box<S> {
  return {
    x1: clamp(region.x1, 0, size.width),
    y1: clamp(region.y1, 0, size.height),
    x2: clamp(region.x2, 0, size.width),
    y2: clamp(region.y2, 0, size.height),
  };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** What both have; empty (and possibly inside out) when they do not meet. */
export function intersection<S extends Space>(a: Box<S>, b: Box<S>): Box<S> {
  return {
    x1: Math.max(a.x1, b.x1),
    y1: Math.max(a.y1, b.y1),
    x2: Math.min(a.x2, b.x2),
    y2: Math.min(a.y2, b.y2),
  };
}

/** The smallest box that holds both. */
export function union<S extends Space>(a: Box<S>, b: Box<S>): Box<S> {
  return {
    x1: Math.min(a.x1, b.x1),
    y1: Math.min(a.y1, b.y1),
    x2: Math.max(a.x2, b.x2),
    y2: Math.max(a.y2, b.y2),
  };
}

/** Intersection over union, 0…1. Two empty boxes have 0. */
export function iou<S extends Space>(a: Box<S>, b: Box<S>): number {
  const shared = area(intersection(a, b));
  const joined = area(a) + area(b) - shared;
  return joined > 0 ? shared / joined : 0;
}

export function containsBox<S extends Space>(outer: Box<S>, inner: Box<S>): boolean {
  return outer.x1 <= inner.x1 && outer.y1 <= inner.y1 && outer.x2 >= inner.x2 && outer.y2 >= inner.y2;
}

/** Left and top edges belong to the box, right and bottom do not. */
export function containsPoint(region: Box<Space>, point: Point): boolean {
  return point.x >= region.x1 && point.x < region.x2 && point.y >= region.y1 && point.y < region.y2;
}

/** The box of whole pixels around it. */
export function wholePixels<S extends Space>({ x1, y1, x2, y2 }: Box<S>): Box<S> {
  return { x1: Math.floor(x1), y1: Math.floor(y1), x2: Math.ceil(x2), y2: Math.ceil(y2) };
}
