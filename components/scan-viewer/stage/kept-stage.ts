import { createRoot, extend, type ReconcilerRoot } from "@react-three/fiber";
import type { ReactNode } from "react";
import {
  ConeGeometry,
  CylinderGeometry,
  Group,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  SphereGeometry,
  Sprite,
  SpriteMaterial,
  WebGLRenderer,
} from "three";
import { warmShaders } from "./warm-shaders.ts";
import { isSoftware } from "./webgl-support.ts";

/** A canvas with its graphics context, shaders and scene, which outlives the pages that show it. */
export interface KeptStage {
  canvas: HTMLCanvasElement;
  /** The processor draws: no smooth edges, one pixel per pixel. */
  software: boolean;
  /**
   * Puts a scene on the stage, or the same one anew, in this size (CSS pixels).
   * @param drawn false: set up, not drawn
   */
  show(scene: ReactNode, size: { width: number; height: number }, drawn: boolean): void;
}

interface OwnStage extends KeptStage {
  renderer: WebGLRenderer;
  root: ReconcilerRoot<HTMLCanvasElement>;
  clear(): void;
}

// The elements that scenes are made of.
extend({
  ConeGeometry,
  CylinderGeometry,
  Group,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  SphereGeometry,
  Sprite,
  SpriteMaterial,
});

/** Opening a context and compiling shaders takes longer than everything else before a first picture: it is done once. */
let kept: OwnStage | null = null;
let isTaken = false;

/** One that is being opened while nobody waits, part by part. */
let opening: Generator<void, OwnStage> | null = null;

/** The stage that the next viewer gets, opened when there is none. @throws without WebGL 2 */
export function openStage(): KeptStage {
  if (kept?.renderer.getContext().isContextLost() && !isTaken) forgetStage();
  while (!kept) openNextPart();
  return kept;
}

/**
 * Opens the stage in parts of a few milliseconds, so that a page that is at rest stays quick to answer.
 * @returns whether there is more to do
 * @throws without WebGL 2
 */
export function openNextPart(): boolean {
  if (kept) return false;
  opening ??= createStage();
  try {
    const part = opening.next();
    if (!part.done) return true;
    kept = part.value;
    opening = null;
    return false;
  } catch (error) {
    opening = null;
    throw error;
  }
}

/** @throws without WebGL 2 */
export function takeStage(): KeptStage {
  if (isTaken) return openAtOnce();
  const stage = openStage();
  isTaken = true;
  return stage;
}

/** Empties a stage that was taken. One that is not kept is freed. */
export function returnStage(stage: KeptStage): void {
  const own = stage as OwnStage;
  own.clear();
  own.canvas.remove();
  if (own === kept) isTaken = false;
  else own.root.unmount();
}

function forgetStage(): void {
  kept?.root.unmount();
  kept = null;
}

function openAtOnce(): OwnStage {
  const parts = createStage();
  for (;;) {
    const part = parts.next();
    if (part.done) return part.value;
  }
}

function* createStage(): Generator<void, OwnStage> {
  const first = document.createElement("canvas");
  const context = openContext(first, false);
  const software = isSoftware(context);
  // Whether a graphics card draws is asked of a context, and smooth edges are a context's for life.
  if (!software) context.getExtension("WEBGL_lose_context")?.loseContext();
  yield;
  const canvas = software ? first : document.createElement("canvas");
  const renderer = new WebGLRenderer({
    canvas,
    context: software ? context : openContext(canvas, true),
  });
  // Asking for shader errors waits for the graphics process; ours compile or the tests do not pass.
  renderer.debug.checkShaderErrors = false;
  canvas.style.display = "block";
  yield;
  const root = createRoot(canvas);
  const configure = ({ width, height }: { width: number; height: number }, drawn = false) =>
    void root.configure({
      gl: renderer,
      orthographic: true,
      flat: true,
      frameloop: drawn ? "demand" : "never",
      dpr: software ? 1 : [1, 2],
      size: { width, height, top: 0, left: 0 },
    });
  configure(WARM_SIZE);
  yield* warmShaders(renderer);
  configure(NO_SIZE);
  return {
    canvas,
    software,
    renderer,
    root,
    show: (scene, size, drawn) => {
      configure(size, drawn);
      root.render(scene);
    },
    clear: () => {
      root.render(null);
      configure(NO_SIZE);
    },
  };
}

/** A stage that nobody looks at holds no picture. */
const NO_SIZE = { width: 1, height: 1 };
/** Large enough for a speck to have pixels. */
const WARM_SIZE = { width: 32, height: 32 };

function openContext(canvas: HTMLCanvasElement, antialias: boolean): WebGL2RenderingContext {
  const context = canvas.getContext("webgl2", {
    alpha: true,
    antialias,
    depth: true,
    stencil: false,
    powerPreference: "high-performance",
  });
  if (!context) throw new Error("There is no WebGL 2.");
  return context;
}
