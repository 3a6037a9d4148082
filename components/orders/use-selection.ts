"use client";
import { useRef, useState } from "react";

export type Selection = {
  ids: ReadonlySet<string>;
  /** Marks one, or takes the mark back; with `range`, everything from the last one to this one. */
  toggle: (id: string, options?: { range?: boolean }) => void;
  /** Marks all that are here, or none when all of them are marked. */
  toggleAll: () => void;
  clear: () => void;
};

/** The orders of a list that something shall be done with; what has left the list is not marked any more. */
export function useSelection(listed: readonly { id: string }[]): Selection {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const here = listed.filter(({ id }) => marked.has(id));
  const ids = here.length === marked.size ? marked : new Set(here.map(({ id }) => id));
  return {
    ids,
    toggle: (id, { range } = {}) => {
      const next = new Set(ids);
      const from = listed.findIndex((one) => one.id === last.current);
      const to = listed.findIndex((one) => one.id === id);
      if (range && from >= 0)
        for (const one of listed.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one.id);
      else if (!next.delete(id)) next.add(id);
      last.current = id;
      setMarked(next);
    },
    toggleAll: () => setMarked(ids.size === listed.length ? new Set() : new Set(listed.map(({ id }) => id))),
    clear: () => setMarked(new Set()),
  };
}
