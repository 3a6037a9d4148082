/** Whether the processor draws: full meshes then cost a noticeable part of a second per picture. */
export function isSoftware(context: WebGLRenderingContext | WebGL2RenderingContext): boolean {
  const details = context.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(context.getParameter(details ? details.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  return /swiftshader|llvmpipe|software|basic render/i.test(renderer);
}

/** Asked only after a scene could not be opened: opening a context for it waits for the graphics process. */
export function hasWebgl(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}
