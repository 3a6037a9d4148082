import type { AxisMapping, SignedAxis } from "#lib/vendors/vendor.ts";

const IDENTITY = "x,y,z";

/**
 * "Portals", `axisMaping`: how a portal's meshes are turned into the common frame. Its form is not documented, so "x,-z,y",
 * ["x", "-z", "y"] and { x: "x", y: "-z", z: "y" } are taken. Null for "as they are" and for anything that is no turning: an axis
 * named twice would flatten the jaw.
 */
export function readAxisMapping(value: unknown): AxisMapping | null {
  const axes = namesIn(value)?.map((name) => name.trim().toLowerCase().replace(/^\+/, ""));
  if (axes?.length !== 3 || !axes.every((axis): axis is SignedAxis => /^-?[xyz]$/.test(axis))) return null;
  if (new Set(axes.map((axis) => axis.replace("-", ""))).size !== 3 || axes.join() === IDENTITY) return null;
  return axes as unknown as AxisMapping;
}

function namesIn(value: unknown): string[] | null {
  if (typeof value === "string") return value.match(/[+-]?\s*[xyz]/gi)?.map((name) => name.replace(/\s/g, "")) ?? null;
  if (Array.isArray(value)) return value.every((one) => typeof one === "string") ? value : null;
  if (typeof value !== "object" || value === null) return null;
  const record = Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toLowerCase(), one]));
  const names = [record.x, record.y, record.z];
  return names.every((one) => typeof one === "string") ? (names as string[]) : null;
}
