/** What a page says about its own loading. Times in ms of its clock. */
export type Probe = {
  start: number;
  /** Frames with at least `needed` meshes in them: when the picture was complete, and how many triangles were in it. */
  frames: { at: number; triangles: number }[];
  longTasks: { at: number; ms: number }[];
};

/** Draws with fewer triangles are lines, labels, handles. */
const SMALLEST_MESH = 3_000;

/**
 * Runs in the page before its own code, the same for everybody. Notes each frame that has the wanted number of meshes; with
 * `waits` it then reads a pixel, which ends when the picture is really there (and blocks the page: long tasks and memory are
 * measured without).
 */
export function installProbe({ needed, waits, smallest }: { needed: number; waits: boolean; smallest: number }): void {
  const probe: Probe = { start: 0, frames: [], longTasks: [] };
  Object.assign(window, { benchProbe: probe });
  let meshes = 0;
  let triangles = 0;
  const endFrame = (gl: WebGL2RenderingContext) => {
    if (meshes >= needed) {
      if (waits) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      probe.frames.push({ at: performance.now(), triangles });
    }
    meshes = 0;
    triangles = 0;
  };
  const note = (gl: WebGL2RenderingContext, mode: number, vertices: number) => {
    if (mode !== gl.TRIANGLES || vertices < smallest * 3) return;
    if (meshes === 0) queueMicrotask(() => endFrame(gl));
    meshes++;
    triangles += vertices / 3;
  };
  for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
    const { drawElements, drawArrays } = prototype;
    prototype.drawElements = function (this: WebGL2RenderingContext, mode, count, type, offset) {
      drawElements.call(this, mode, count, type, offset);
      note(this, mode, count);
    };
    prototype.drawArrays = function (this: WebGL2RenderingContext, mode, first, count) {
      drawArrays.call(this, mode, first, count);
      note(this, mode, count);
    };
  }
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) probe.longTasks.push({ at: startTime, ms: duration });
  }).observe({ type: "longtask", buffered: true });
}

export const PROBE_OPTIONS = { smallest: SMALLEST_MESH };
