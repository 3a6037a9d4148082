import type { World } from "./world.ts";
export function seedCadmus(_world: World): void {}
