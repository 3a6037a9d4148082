/** What this browser can draw with. */
export interface WebglSupport {
  available: boolean;
  /** Drawn by the processor: full meshes cost a noticeable part of a second per picture. */
  software: boolean;
}

/** Asked in a worker, because opening a context waits for the graphics process: up to 0.2 s without a graphics card. */
export function askForWebgl(): WebglSupport {
  // Browsers that draw in the page only are asked by the stage itself, which says so when it cannot.
  if (typeof OffscreenCanvas === "undefined") return { available: true, software: false };
  const context = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!context) return { available: false, software: false };
  const details = context.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(context.getParameter(details ? details.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  // Browsers allow only some contexts at a time.
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return { available: true, software: /swiftshader|llvmpipe|software|basic render/i.test(renderer) };
}
