import { warmDecoder } from "./decode-worker.ts";
import { loadViewer } from "./loaded-viewer.ts";

/** The pages before it get their own things first, ms. */
const AFTER_MS = 1_000;
/** Chromium calls one page in ten never idle, however still it is: a part waits no longer than this for it, ms. */
const LONGEST_WAIT_MS = 200;

/**
 * Makes everything ready to show a case while nobody waits for it: its code, a worker that decodes, a canvas whose shaders are
 * compiled. In small parts, each when the page has nothing to do. Not on a line where bytes are counted.
 * @param around brings the page that the viewer will be on
 * @returns takes it back
 */
export function preloadScanViewer(around: () => Promise<unknown>): () => void {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  if (connection?.saveData) return () => {};
  const leave = new AbortController();
  // What fails is done again by whoever opens a case, and said there: no connection, no WebGL.
  warmUp(around, leave.signal).catch(() => {});
  return () => leave.abort();
}

async function warmUp(around: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  await rest(AFTER_MS);
  await idle();
  if (signal.aborted) return;
  await around();
  await idle();
  if (signal.aborted) return;
  const { openNextPart } = await loadViewer();
  await idle();
  if (signal.aborted) return;
  warmDecoder();
  do await idle();
  while (!signal.aborted && openNextPart());
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Safari has no idle callbacks. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: LONGEST_WAIT_MS });
    else setTimeout(resolve, 50);
  });
}
