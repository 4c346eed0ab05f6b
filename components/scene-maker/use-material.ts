'use client';
/**
 * Brings the catalog, the tag fonts and the sprite sheets in use. A sheet comes when a style is first used.
 */
import { useEffect, useState } from 'react';
import type { Material } from './draw-scene';
import { fetchCatalog, ICON_BASE, type IconCatalog } from './icon-catalog';

async function loadFonts({ fonts }: IconCatalog): Promise<void> {
  await Promise.all(
    fonts.map(async ({ family, weight, file }) => {
      const face = new FontFace(family, `url(${ICON_BASE}${file})`, { weight: String(weight) });
      document.fonts.add(await face.load());
    }),
  );
}

async function loadSheet(catalog: IconCatalog, styleId: string): Promise<HTMLImageElement | null> {
  const style = catalog.styles.find(({ id }) => id === styleId);
  if (!style) return null;
  const image = new Image();
  image.src = `${ICON_BASE}${style.sheet}`;
  await image.decode();
  return image;
}

interface Loading {
  readonly catalog: IconCatalog | null;
  readonly failed: boolean;
}

/** The catalog with its fonts loaded. */
export function useCatalog(): Loading {
  const [loading, setLoading] = useState<Loading>({ catalog: null, failed: false });
  useEffect(() => {
    let here = true;
    const load = async () => {
      const catalog = await fetchCatalog();
      await loadFonts(catalog);
      return catalog;
    };
    load().then(
      (catalog) => here && setLoading({ catalog, failed: false }),
      () => here && setLoading({ catalog: null, failed: true }),
    );
    return () => {
      here = false;
    };
  }, []);
  return loading;
}

/** Null until every sheet of `styles` is there. */
export function useMaterial(catalog: IconCatalog, styles: readonly string[]): Material | null {
  const [sheets, setSheets] = useState<ReadonlyMap<string, CanvasImageSource>>(new Map());
  const missing = [...new Set(styles)].filter((style) => !sheets.has(style)).join(' ');
  useEffect(() => {
    if (missing === '') return;
    let here = true;
    void Promise.all(
      missing.split(' ').map(async (style) => [style, await loadSheet(catalog, style).catch(() => null)] as const),
    ).then((loaded) => {
      if (!here) return;
      setSheets((before) => {
        const after = new Map(before);
        for (const [style, sheet] of loaded) if (sheet) after.set(style, sheet);
        return after;
      });
    });
    return () => {
      here = false;
    };
  }, [catalog, missing]);
  return missing === '' ? { catalog, sheets } : null;
}
