"use client";
import { useEffect, useRef } from "react";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { type ChangedKeys, type KeyboardActionId, type KeyName, keyOfAction } from "#lib/keyboard/keyboard-actions.ts";
import { keyOfEvent } from "./key-of-event.ts";

/** What a page answers to, by the action's name in the registry; absent or undefined: nothing happens here. */
export type Shortcuts = { [Action in KeyboardActionId]?: ((key: KeyName) => void) | undefined };

/** ms in which the second key of two ("g i") must follow. */
const SECOND_KEY = 1_500;
/** What letters are typed into, or chosen by; a box that is only ticked leaves them to the page. */
const CONTROLS = "input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]";
const WINDOWS = "[role=dialog],[role=alertdialog],[role=menu],[role=listbox]";

type Layer = { current: { shortcuts: Shortcuts; changed: ChangedKeys } };
/** The components that listen now; the last one to come is asked first. */
const layers: Layer[] = [];
let first: { key: KeyName; until: number } | null = null;

/**
 * Listens with the member's own keys while the component is on screen; never while a window or menu is open, and while somebody
 * types only to keys held with Ctrl.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const { preferences } = usePreferences();
  const layer = useRef({ shortcuts, changed: preferences.shortcuts });
  useEffect(() => {
    layer.current = { shortcuts, changed: preferences.shortcuts };
  });
  useEffect(() => {
    if (layers.push(layer) === 1) window.addEventListener("keydown", answer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) window.removeEventListener("keydown", answer);
    };
  }, []);
}

/** What can be done here and now, for a list of commands: the last component to come wins, as with keys. */
export function actionsHere(): { id: KeyboardActionId; key: KeyName; run: () => void }[] {
  const found = new Map<KeyboardActionId, { id: KeyboardActionId; key: KeyName; run: () => void }>();
  for (const { current } of layers)
    for (const [id, run] of entriesOf(current.shortcuts)) {
      const key = keyOfAction(id, current.changed);
      if (run) found.set(id, { id, key, run: () => run(key) });
    }
  return [...found.values()];
}

function answer(event: KeyboardEvent): void {
  const key = keyOfEvent(event);
  if (!key || event.defaultPrevented || belongsElsewhere(event, key)) return;
  const second = first && event.timeStamp < first.until ? `${first.key} ${key}` : null;
  first = null;
  const action = (second && findAction(second)) ?? findAction(key);
  if (action) {
    event.preventDefault();
    action(key);
  } else if (beginsSomething(key)) {
    event.preventDefault();
    first = { key, until: event.timeStamp + SECOND_KEY };
  }
}

function belongsElsewhere({ target }: KeyboardEvent, key: KeyName): boolean {
  if (document.querySelector(WINDOWS)) return true;
  if (!(target instanceof Element)) return false;
  if (!key.startsWith("Ctrl+") && target.closest(CONTROLS)) return true;
  return (key === "Enter" || key === "Space") && target.closest("a,button,summary,input") !== null; // they have an answer of their own
}

function findAction(key: KeyName): ((key: KeyName) => void) | null {
  for (const { current } of layers.toReversed())
    for (const [id, run] of entriesOf(current.shortcuts))
      if (run && matches(keyOfAction(id, current.changed), key)) return run;
  return null;
}

function beginsSomething(key: KeyName): boolean {
  return layers.some(({ current }) =>
    entriesOf(current.shortcuts).some(([id, run]) => run && keyOfAction(id, current.changed).startsWith(`${key} `)),
  );
}

function matches(own: KeyName, pressed: KeyName): boolean {
  return own === pressed || (own === "1–9" && /^[1-9]$/.test(pressed));
}

function entriesOf(shortcuts: Shortcuts) {
  return Object.entries(shortcuts) as [KeyboardActionId, Shortcuts[KeyboardActionId]][];
}
