"use client";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useSyncExternalStore } from "react";

/** Pixels an arrow key moves the border. */
const STEP = 24;

const listeners = new Set<() => void>();
function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Two panels with a border that can be moved by pointer and by arrow keys; its place is remembered in this browser. */
export function SplitPane(props: {
  name: string;
  label: string;
  initial: number;
  min: number;
  /** Pixels that the second panel always keeps. */
  keep: number;
  first: ReactNode;
  second: ReactNode;
}) {
  const storageKey = `casebench-split-${props.name}`;
  const width = useSyncExternalStore(
    subscribe,
    () => Number(window.localStorage.getItem(storageKey)) || props.initial,
    () => props.initial,
  );
  function resize(next: number, room: number) {
    const most = Math.max(props.min, room - props.keep);
    window.localStorage.setItem(storageKey, String(Math.round(Math.min(Math.max(next, props.min), most))));
    for (const listener of listeners) listener();
  }
  const roomOf = (handle: HTMLElement) => handle.parentElement!.getBoundingClientRect();
  function drag(event: PointerEvent<HTMLElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const room = roomOf(event.currentTarget);
    resize(event.clientX - room.left, room.width);
  }
  function press(event: KeyboardEvent<HTMLElement>) {
    const by = event.key === "ArrowLeft" ? -STEP : event.key === "ArrowRight" ? STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    resize(width + by, roomOf(event.currentTarget).width);
  }
  return (
    <div className="flex h-full min-h-0 w-full">
      <div
        className="relative min-h-0 shrink-0 overflow-y-auto"
        style={{ width, maxWidth: `calc(100% - ${props.keep}px)` }}
      >
        {props.first}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a border between panels is the ARIA window splitter; <hr> takes no focus */}
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={props.label}
        aria-valuenow={width}
        aria-valuemin={props.min}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={press}
        className="relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line before:absolute before:inset-y-0 before:-right-1 before:-left-1 hover:bg-accent focus-visible:bg-accent print:hidden"
      />
      <div className="min-h-0 min-w-0 flex-1">{props.second}</div>
    </div>
  );
}
