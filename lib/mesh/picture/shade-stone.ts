/** Which plaster a scan is drawn in: a warm one for the upper jaw, a cooler one for the lower, apart from both for the rest. */
export type Stone = "upper" | "lower" | "other";

type Colour = readonly [number, number, number];

/** sRGB, 0-255. The viewer's own shades (components/scan-viewer/stage/stone-material.ts). */
export const STONES: Record<Stone, Colour> = {
  upper: [0xe6, 0xd8, 0xbd],
  lower: [0xd6, 0xd5, 0xcb],
  other: [0xc9, 0xb3, 0xa0],
};

/** Writes the colour (sRGB, 0-255) of a place on a surface to `into`. `facing` is 1 for the outside, -1 for the inside. */
export type Shade = (
  into: Uint8ClampedArray,
  at: number,
  x: number,
  y: number,
  z: number,
  crease: number,
  facing: 1 | -1,
) => void;

const KEY = [-0.44, 0.66, 0.61] as const;
const FILL = [0.83, 0.06, 0.55] as const;
const RIM = [0.18, -0.86, 0.48] as const;

/**
 * The viewer's matte stone under its three-point light, in the camera's axes: x to the right, y up, z towards the viewer. The
 * normal need not have length 1.
 */
export function shadeStone(colour: Colour): Shade {
  const base = colour.map((channel) => (channel / 255) ** 2.2) as unknown as Colour;
  return (into, at, x, y, z, crease, facing) => {
    const size = facing / Math.sqrt(x * x + y * y + z * z || 1);
    const [nx, ny, nz] = [x * size, y * size, z * size];
    const key = lit(nx, ny, nz, KEY, 0.2);
    const fill = lit(nx, ny, nz, FILL, 0.35);
    const rim = lit(nx, ny, nz, RIM, 0.15);
    const sky = 0.5 + 0.5 * ny;
    const hollow = smoothStep(0.03, 0.75, crease * facing);
    const edge = smoothStep(0.06, 0.8, -crease * facing);
    const relief = (1 - 0.58 * hollow) * (1 + 0.16 * edge) * (facing < 0 ? 0.5 : 1);
    const head = 0.22 * nz;
    into[at] = toScreen(base[0] * relief * (0.13 + 0.07 * sky + 0.72 * key * key + 0.13 * fill + 0.07 * rim + head));
    into[at + 1] = toScreen(
      base[1] * relief * (0.12 + 0.09 * sky + 0.7 * key * key + 0.145 * fill + 0.065 * rim + head),
    );
    into[at + 2] = toScreen(
      base[2] * relief * (0.115 + 0.11 * sky + 0.67 * key * key + 0.17 * fill + 0.06 * rim + head),
    );
  };
}

function lit(x: number, y: number, z: number, light: Colour, wrap: number): number {
  return Math.max(0, (x * light[0] + y * light[1] + z * light[2] + wrap) / (1 + wrap));
}

function smoothStep(from: number, to: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}

/** 255 × linear^(1/2.2) for every 4096th of 0 … 1. */
const SCREEN = Uint8ClampedArray.from({ length: 4097 }, (_, step) => Math.round(255 * (step / 4096) ** (1 / 2.2)));

function toScreen(linear: number): number {
  return SCREEN[Math.min(4096, Math.max(0, Math.round(linear * 4096)))]!;
}
