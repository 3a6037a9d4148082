/** What this browser can draw with. */
export interface WebglSupport {
  available: boolean;
  /** Drawn by the processor: full meshes cost a noticeable part of a second per picture. */
  software: boolean;
}

let known: WebglSupport | null = null;

/** Asks once per page; opening a context for it takes some milliseconds. */
export function webglSupport(): WebglSupport {
  known ??= askBrowser();
  return known;
}

function askBrowser(): WebglSupport {
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context) return { available: false, software: false };
  const details = context.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(context.getParameter(details ? details.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  // Browsers allow only some contexts at a time.
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return { available: true, software: /swiftshader|llvmpipe|software|basic render/i.test(renderer) };
}
