"use client";
import { useState } from "react";

/**
 * Remembers where the focus stood when a window opened.
 * @returns what a window does with the focus as it closes: back to where it was, or to the page when that has gone meanwhile
 */
export function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(findOpener);
  return (event) => {
    event.preventDefault();
    if (!opener) return; // it was opened by a key, from nowhere
    opener.focus({ preventScroll: true });
    if (document.activeElement === document.body) document.getElementById("content")?.focus({ preventScroll: true });
  };
}

/** What has the focus; of a menu, which closes with its choice, the button that opened it. */
function findOpener(): HTMLElement | null {
  if (typeof document === "undefined") return null;
  const focused = document.activeElement;
  const menu = focused?.closest("[role=menu]");
  const opener = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : focused;
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}
