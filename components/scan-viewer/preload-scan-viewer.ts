/** The pages before it get their own things first, ms. */
const AFTER_MS = 2_000;

/**
 * Brings the viewer's code here while nobody waits for it, so that an opened case shows at once. Not on a line where bytes are counted.
 * @returns takes it back
 */
export function preloadScanViewer(): () => void {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  if (connection?.saveData) return () => {};
  const timer = setTimeout(() => {
    // What fails is loaded again by whoever opens a case.
    void Promise.all([import("./scan-viewer.tsx"), import("./stage/stage.tsx")]).catch(() => {});
  }, AFTER_MS);
  return () => clearTimeout(timer);
}
