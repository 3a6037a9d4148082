import { type RefObject, useEffect, useRef } from "react";

type KeptFocus<E extends HTMLElement> = {
  ref: RefObject<E | null>;
  tabIndex: -1;
  onFocus: () => void;
  onBlur: () => void;
};

/**
 * What was removed from a part of the page takes the focus with it: it stays in that part, where the next thing is one key away.
 * @param content another value whenever what the part holds is another
 * @returns the properties of the part's element
 */
export function useKeptFocus<E extends HTMLElement>(content: unknown): KeptFocus<E> {
  const ref = useRef<E>(null);
  const hadFocus = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again when something was removed
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) ref.current?.focus({ preventScroll: true });
  }, [content]);
  return {
    ref,
    tabIndex: -1,
    onFocus: () => {
      hadFocus.current = true;
    },
    onBlur: () => {
      hadFocus.current = false;
    },
  };
}
