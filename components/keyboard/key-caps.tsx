"use client";
import { useTranslations } from "use-intl";
import type { KeyName } from "#lib/keyboard/keyboard-actions.ts";

const NAMED = ["Ctrl", "Alt", "Shift", "Enter", "Escape", "Space", "Backspace", "Delete", "Tab"] as const;
const ARROWS: Record<string, string> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

/** The parts of a key as people read them on their keyboard: "Ctrl+k" is ["Ctrl", "K"], in German ["Strg", "K"]. */
export function useKeyCaps(): (key: KeyName) => string[] {
  const t = useTranslations("keyboard.names");
  const cap = (part: string) => {
    const named = NAMED.find((name) => name === part);
    if (named) return t(named);
    return ARROWS[part] ?? part.toUpperCase();
  };
  return (key) => key.split(" ").flatMap((one) => (one === "+" ? ["+"] : one.split(/\+(?!$)/)).map(cap));
}

/** A key drawn as keys. */
export function KeyCaps({ name }: { name: KeyName }) {
  const caps = useKeyCaps();
  return (
    <span className="inline-flex gap-1">
      {caps(name).map((cap, i) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one key never change places
          key={i}
          className="min-w-6 rounded border border-line-strong/50 bg-sunken px-1.5 py-0.5 text-center font-mono text-xs"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
