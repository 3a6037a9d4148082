import { type RefObject, useLayoutEffect, useState } from "react";

/**
 * How much room an element has: the largest of `steps` (pixels, ascending) that fits into its width, 0 below all of them. The viewer
 * adapts to its panel, not to the window. Null until the element was measured, which is before anything is painted.
 */
export function useRoom(element: RefObject<HTMLElement | null>, steps: readonly number[]): number | null {
  const [room, setRoom] = useState<number | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => setRoom(steps.findLast((step) => current.offsetWidth >= step) ?? 0);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, steps]);
  return room;
}
