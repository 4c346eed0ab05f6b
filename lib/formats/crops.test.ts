/** The crop rules, against sizes of crops that these systems really saved, and against their code's own corner cases. */
import { seenByQwen25 } from '@/lib/notations';
import { describe, expect, it } from 'vitest';
import { toImageBox } from '@/lib/geometry';
import {
  chainOfFocus,
  cornersOf,
  deepEyesEvaluation,
  deepEyesTraining,
  fromPaddedSquare,
  miniO3,
  pixelReasoner,
  pixelReasonerZoomIn,
  qwenAgent,
  seenByChainOfFocus,
  senseNovaMars,
  senseNovaMarsTraining,
  type CropRule,
} from './crops';
import deepEyesSizes from './fixtures/deepeyes-crop-sizes.json';

/** Of whichever space the rule takes. */
interface Corners {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

const at = (x1: number, y1: number, x2: number, y2: number): Corners => ({ x1, y1, x2, y2 });
const picture = { width: 1000, height: 800 };

const shown = (rule: CropRule, box: Corners, of = picture) => {
  const crop = rule(box, of, box);
  return crop.ok ? [crop.seen.width, crop.seen.height] : crop.problem;
};
/** A rule that takes pixels, for numbers that are none. */
const qwen3: CropRule = (_, of, box) => qwenAgent(toImageBox(box, 'thousandths', of, of), of);
const fractions: CropRule = (_, of, box) => miniO3(toImageBox(box, 'fractions', of, of), of);

const region = (rule: CropRule, box: Corners, of = picture) => {
  const crop = rule(box, of, box);
  return crop.ok ? Object.values(crop.region) : crop.problem;
};

describe('DeepEyes, evaluation', () => {
  it(`shows ${deepEyesSizes.length} crops at the sizes that were saved`, () => {
    for (const [x1, y1, x2, y2, width, height] of deepEyesSizes as [number, number, number, number, number, number][]) {
      expect([x1, y1, ...(shown(deepEyesEvaluation, at(x1, y1, x2, y2)) as number[])]).toEqual([x1, y1, width, height]);
    }
  });

  it('reaches beyond the picture, and knows no least side', () => {
    expect(region(deepEyesEvaluation, at(-10, 790, 20, 830))).toEqual([-10, 790, 20, 830]);
    expect(shown(deepEyesEvaluation, at(10, 10, 11, 11))).toEqual([56, 56]);
    expect(shown(deepEyesEvaluation, at(10, 10, 10, 40))).toBe('box-empty');
    expect(shown(deepEyesEvaluation, at(0, 0, 201, 1))).toBe('box-too-long');
  });

  it('rounds halves to the even pixel, as PIL does', () => {
    expect(region(deepEyesEvaluation, at(0.5, 1.5, 100.5, 101.5))).toEqual([0, 2, 100, 102]);
  });
});

describe('DeepEyes, RL environment', () => {
  it('clamps, and refuses sides of 30 pixels or less', () => {
    expect(region(deepEyesTraining, at(-10, 700, 90, 900))).toEqual([0, 700, 90, 800]);
    expect(region(deepEyesTraining, at(0, 0, 30, 100))).toBe('box-too-small');
    expect(region(deepEyesTraining, at(0, 0, 31, 31))).toEqual([0, 0, 31, 31]);
    expect(region(deepEyesTraining, at(1000, 0, 1100, 100))).toBe('box-out-of-frame');
    expect(region(deepEyesTraining, at(50, 0, 40, 100))).toBe('box-empty');
    expect(region(deepEyesTraining, at(0, 0, 5000, 40), { width: 5000, height: 800 })).toBe('box-too-long');
  });
});

describe('Qwen3-VL', () => {
  const hopInn = { width: 2460, height: 1612 };
  it.each([
    [at(574, 301, 660, 468), [480, 608]],
    [at(174, 450, 469, 658), [768, 352]],
    [at(584, 496, 651, 660), [416, 672]],
    [at(231, 795, 284, 820), [928, 288]],
  ])('shows %j at the size that was recorded', (box, size) => {
    expect(shown(qwen3, box, hopInn)).toEqual(size);
  });

  it('grows what is narrower than 32 pixels, about its centre and where there is room', () => {
    expect(region(qwen3, at(500, 500, 511, 513.75))).toEqual([489, 389, 522, 422]);
    // About a whole pixel it comes to 32 exactly, which is not more than 32: it stays as it was.
    expect(region(qwen3, at(500, 500, 510, 512.5))).toEqual([500, 400, 510, 410]);
    // In a corner half of what it grows to is outside: it stays as it was.
    expect(region(qwen3, at(0, 0, 10, 12.5))).toEqual([0, 0, 10, 10]);
    expect(region(qwen3, at(900, 900, 1200, 1300))).toEqual([900, 720, 1000, 800]);
    expect(region(qwen3, at(1100, 0, 1200, 100))).toBe('box-out-of-frame');
  });
});

describe('Mini-o3', () => {
  it('cuts fractions off to whole pixels, and ends at the last pixel', () => {
    expect(region(fractions, at(0.1005, 0.2, 0.3019, 0.4), picture)).toEqual([100, 160, 301, 320]);
    expect(region(fractions, at(0.5, 0.5, 1, 1), picture)).toEqual([500, 400, 999, 799]);
    expect(region(fractions, at(0, 0, 0.9, 0.0049), picture)).toBe('box-too-long');
    expect(region(fractions, at(1.2, 0, 1.5, 1), picture)).toBe('box-out-of-frame');
  });

  it('shows small crops larger, by one factor', () => {
    // 100 × 200 is brought to 512² pixels: times √(262144 / 20000), cut off.
    expect(shown(fractions, at(0, 0, 0.1, 0.25))).toEqual([362, 724]);
  });
});

describe('Pixel-Reasoner', () => {
  it('adds a tenth of the picture on each side', () => {
    expect(region(pixelReasoner, at(0.3, 0.3, 0.5, 0.5))).toEqual([200, 160, 600, 480]);
    expect(region(pixelReasoner, at(0.05, 0.05, 0.2, 0.2))).toEqual([0, 0, 300, 240]);
    expect(region(pixelReasoner, at(300, 240, 500, 400))).toEqual([200, 160, 600, 480]);
  });

  it('takes [0.6, 0.6, 1.0, 1.0] for pixels, for an edge is 1', () => {
    expect(region(pixelReasoner, at(0.6, 0.6, 1, 1))).toEqual([0, 0, 101, 81]);
  });

  it('refuses 28 pixels and less', () => {
    expect(region(pixelReasoner, at(0.5, 0.5, 0.55, 0.55), { width: 112, height: 112 })).toBe('box-too-small');
    expect(region(pixelReasoner, at(0.5, 0.5, 0.56, 0.56), { width: 112, height: 112 })).toEqual([45, 45, 74, 74]);
  });

  it('zoom_in adds 600 pixels at most, and cuts off', () => {
    const large = { width: 12000, height: 6000 };
    expect(region(pixelReasonerZoomIn, at(0.5, 0.5, 0.6, 0.6), large)).toEqual([5400, 2400, 7800, 4200]);
  });
});

describe('Chain-of-Focus', () => {
  it('grows by half about the centre and shows twice the size', () => {
    const seen = seenByChainOfFocus({ width: 1008, height: 812 });
    expect(seen).toEqual({ width: 1008, height: 812 });
    const crop = chainOfFocus(at(0, 0, 0, 0), seen, at(100, 100, 200, 201));
    expect(crop).toEqual({
      ok: true,
      region: { x1: 75, y1: 74, x2: 225, y2: 226 },
      seen: { width: 308, height: 308 },
    });
  });

  it('counts in the picture as it was shown', () => {
    const large = { width: 8000, height: 6000 };
    const seen = seenByChainOfFocus(large);
    const crop = chainOfFocus(at(0, 0, 0, 0), large, at(0, 0, seen.width / 3, seen.height / 3));
    expect(crop.ok && crop.region.x2 / large.width).toBeCloseTo(5 / 12, 3);
    expect(crop.ok && crop.region.y2 / large.height).toBeCloseTo(5 / 12, 3);
  });

  it.each([at(-1, 0, 50, 50), at(50, 50, 20, 90), at(0, 0, 5000, 50)])(
    'brings back the whole picture for %j',
    (box) => {
      expect(region(chainOfFocus, box, { width: 1008, height: 812 })).toEqual([0, 0, 1008, 812]);
      expect(shown(chainOfFocus, box, { width: 1008, height: 812 })).toEqual([2016, 1624]);
    },
  );
});

describe('the others', () => {
  it('SenseNova-MARS stretches a side below 28 pixels', () => {
    expect(region(senseNovaMars, at(100, 100, 110.9, 200))).toEqual([100, 80, 110, 160]);
    // 28 × 80, brought to 65,536 pixels: × 5.409, 151 × 432.
    expect(shown(senseNovaMars, at(100, 100, 110.9, 200))).toEqual([160, 448]);
    expect(region(senseNovaMars, at(-50, 0, 500, 2000))).toEqual([0, 0, 500, 800]);
    expect(region(senseNovaMarsTraining, at(-50, 0, 500, 500))).toBe('box-out-of-frame');
    expect(shown(senseNovaMars, at(0, 0, 1000, 1000), { width: 4000, height: 3000 })).toEqual([3296, 2464]);
    expect(shown(senseNovaMarsTraining, at(0, 0, 1000, 1000), { width: 4000, height: 3000 })).toEqual([2208, 1632]);
    expect(shown(senseNovaMars, at(1001, 0, 1100, 10))).toBe('box-out-of-frame');
  });

  it('SEAL speaks of places in the padded square', () => {
    expect(fromPaddedSquare(at(0.25, 0.1, 0.5, 0.5), { width: 1000, height: 801 })).toEqual({
      x1: 250,
      y1: 1,
      x2: 500,
      y2: 401,
    });
    expect(cornersOf([10, 20, 30, 40])).toEqual({ x1: 10, y1: 20, x2: 40, y2: 60 });
  });

  it.each([
    [2250, 1500, 2240, 1512],
    [7680, 4320, 4760, 2688],
    [8000, 6000, 4116, 3080],
    [31, 31, 56, 56],
  ])('Qwen2.5-VL sees %i × %i at %i × %i', (width, height, seenWidth, seenHeight) => {
    expect(seenByQwen25({ width, height })).toEqual({ width: seenWidth, height: seenHeight });
  });

  it('Qwen2.5-VL sees less on a budget', () => {
    expect(seenByQwen25({ width: 7680, height: 4320 }, 1280 * 28 ** 2)).toEqual({ width: 1316, height: 728 });
  });
});
