import { type Handler, json } from "./exchange.ts";
import type { ScanFiles } from "./scan-files.ts";
import type { World } from "./world.ts";
export function cadmusStorage(_world: World, _scans: ScanFiles): Handler {
  return () => json(404, {});
}
