import { useThree } from "@react-three/fiber";
import { useEffect } from "react";

/**
 * Browsers take the graphics context away under memory pressure or after a driver fault. three asks for it back and
 * fills it again from the arrays in memory; here the page is told, and the first picture after it is drawn.
 */
export function ContextWatch({ onChange }: { onChange: (lost: boolean) => void }) {
  const canvas = useThree((state) => state.gl.domElement);
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal };
    canvas.addEventListener("webglcontextlost", () => onChange(true), options);
    canvas.addEventListener(
      "webglcontextrestored",
      () => {
        onChange(false);
        invalidate();
      },
      options,
    );
    return () => stop.abort();
  }, [canvas, invalidate, onChange]);
  return null;
}
