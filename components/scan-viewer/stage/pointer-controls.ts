import type { DragAction } from "#components/scan-viewer/mouse-presets.ts";

/** What hands do on the stage, in pixels of it. Positions are measured from its middle, right and down. */
export interface PointerHandlers {
  dragAction(event: PointerEvent): DragAction | null;
  turn(dx: number, dy: number): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: { x: number; y: number }): void;
  click(at: { x: number; y: number }): void;
  /** Where the pointer is, without a button pressed; null when it has left. At most once per frame. */
  hover(at: { x: number; y: number } | null): void;
}

/** A press that moves less than this (px) is a click. */
const CLICK_REACH = 4;
/** Zoom per pixel: of a wheel, of a pinch on a touchpad (which browsers report as a wheel with Ctrl), of a drag. */
const WHEEL_ZOOM = 0.0016;
const PINCH_ZOOM = 0.011;
const DRAG_ZOOM = 0.008;
/** Pixels per line, for browsers that report the wheel in lines. */
const LINE = 16;

interface Hand {
  x: number;
  y: number;
  travelled: number;
  touch: boolean;
}

/** Listens to mouse, pen, touch and wheel on an element. Returns how to stop. */
export function attachPointerControls(element: HTMLElement, handlers: PointerHandlers): () => void {
  const hands = new Map<number, Hand>();
  const stop = new AbortController();
  const options = { signal: stop.signal };

  function fromMiddle(event: { clientX: number; clientY: number }) {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  }

  function press(event: PointerEvent) {
    hands.set(event.pointerId, { ...fromMiddle(event), travelled: 0, touch: event.pointerType === "touch" });
    element.setPointerCapture(event.pointerId);
  }

  function move(event: PointerEvent) {
    const hand = hands.get(event.pointerId);
    if (!hand) return hover(event);
    const before = { x: hand.x, y: hand.y };
    const other = [...hands.entries()].find(([id]) => id !== event.pointerId)?.[1];
    Object.assign(hand, fromMiddle(event));
    const dx = hand.x - before.x;
    const dy = hand.y - before.y;
    hand.travelled += Math.hypot(dx, dy);
    if (hand.touch && other) return pinch(before, hand, other);
    if (hand.travelled < CLICK_REACH) return;
    const action = hand.touch ? "turn" : handlers.dragAction(event);
    if (action === "turn") handlers.turn(dx, dy);
    if (action === "pan") handlers.pan(dx, dy);
    if (action === "zoom") handlers.zoom(Math.exp(-dy * DRAG_ZOOM), { x: 0, y: 0 });
  }

  let hovering: { x: number; y: number } | null | undefined;
  function hover(event: PointerEvent | null) {
    if (hovering === undefined)
      requestAnimationFrame(() => {
        if (hovering !== undefined && !stop.signal.aborted) handlers.hover(hovering);
        hovering = undefined;
      });
    hovering = event && fromMiddle(event);
  }

  /** Two fingers move and zoom at once; each of them accounts for half of the way. */
  function pinch(before: { x: number; y: number }, hand: Hand, other: Hand) {
    other.travelled = Math.max(other.travelled, CLICK_REACH);
    handlers.pan((hand.x - before.x) / 2, (hand.y - before.y) / 2);
    const apart = Math.hypot(hand.x - other.x, hand.y - other.y);
    const apartBefore = Math.hypot(before.x - other.x, before.y - other.y);
    const middle = { x: (hand.x + other.x) / 2, y: (hand.y + other.y) / 2 };
    if (apart > 0 && apartBefore > 0) handlers.zoom(apart / apartBefore, middle);
  }

  function release(event: PointerEvent) {
    const hand = hands.get(event.pointerId);
    if (!hand) return;
    hands.delete(event.pointerId);
    const clicked = event.type === "pointerup" && event.button === 0 && hand.travelled < CLICK_REACH;
    if (clicked && hands.size === 0) handlers.click(fromMiddle(event));
  }

  function wheel(event: WheelEvent) {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
    handlers.zoom(Math.exp(-pixels * (event.ctrlKey ? PINCH_ZOOM : WHEEL_ZOOM)), fromMiddle(event));
  }

  element.addEventListener("pointerdown", press, options);
  element.addEventListener("pointermove", move, options);
  element.addEventListener("pointerleave", () => hover(null), options);
  element.addEventListener("pointerup", release, options);
  element.addEventListener("pointercancel", release, options);
  element.addEventListener("wheel", wheel, { ...options, passive: false });
  element.addEventListener("contextmenu", (event) => event.preventDefault(), options);
  return () => stop.abort();
}
