import type { KeyboardEvent } from "react";

/**
 * For the content of a window. Radix gives Escape to the layer that came last, and a toast is one: one that comes while the window
 * is open would take the key from it.
 */
export function closeOnEscape(close: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    close();
  };
}
