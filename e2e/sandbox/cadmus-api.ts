import { type Handler, json } from "./exchange.ts";
import type { World } from "./world.ts";
export function cadmusApi(_world: World): Handler {
  return () => json(404, {});
}
