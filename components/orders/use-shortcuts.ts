"use client";
import { useEffect, useRef } from "react";

/** Keys that a page answers to: the key's own name ("j", "Enter", "/", "?") and what it does. */
export type Shortcuts = Record<string, () => void>;

/** Listens while the page is on screen; never while somebody types, holds a modifier, or a window or menu is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    function answer(event: KeyboardEvent) {
      const action = current.current[event.key];
      if (!action || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector("[role=dialog],[role=menu]")) return;
      const target = event.target as HTMLElement;
      if (target.closest("input,textarea,select,[contenteditable]")) return;
      if (event.key === "Enter" && target.closest("a,button,summary")) return; // they have an answer of their own
      event.preventDefault();
      action();
    }
    window.addEventListener("keydown", answer);
    return () => window.removeEventListener("keydown", answer);
  }, []);
}
