"use client";
import { type RefObject, useDeferredValue, useEffect, useMemo, useState } from "react";
import { endsOf, type RowsInSight, rowsInSight, scrollToSee } from "./rows-in-sight.ts";

/** Drawn beyond what is seen, so that a turn of the wheel finds rows there; px. */
const MARGIN = 480;
/** A move within this many px draws nothing anew. */
const STEP = 160;
/** The server's guess, so that the first page is in its HTML. */
const SERVER_HEIGHT = 900;

/**
 * Which lines of a scrolled list are to be drawn; their heights are known before.
 * @param head height of what sticks to the top of the list
 */
export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  heights: readonly number[],
  head: number,
): RowsInSight & { scrollTo: (line: number) => void } {
  const ends = useMemo(() => endsOf(heights), [heights]);
  const [seen, setSeen] = useState({ top: 0, height: SERVER_HEIGHT });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const top = Math.floor(element.scrollTop / STEP) * STEP;
      const height = Math.ceil(element.clientHeight / STEP) * STEP;
      setSeen((before) => (before.top === top && before.height === height ? before : { top, height }));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [scroller]);
  // First what is seen, then what may be.
  const margin = useDeferredValue(MARGIN, 0);
  const scrollTo = (line: number) => {
    const element = scroller.current;
    if (element) element.scrollTop = scrollToSee(ends, line, element.scrollTop, element.clientHeight, head);
  };
  return { ...rowsInSight(ends, seen.top - margin, seen.top + seen.height + STEP + margin), scrollTo };
}
