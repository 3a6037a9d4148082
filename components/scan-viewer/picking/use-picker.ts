import { useCallback, useEffect, useRef } from "react";
import type { PickReply, PickRequest } from "./pick-messages.ts";

export type Pick = (request: Omit<PickRequest, "key">) => Promise<PickReply>;

/** Points at scans in a worker of its own, which is started by the first pick or by `warmUp` and ends on unmount. */
export function usePicker(): { pick: Pick; warmUp: (targets: PickRequest["targets"]) => void } {
  const worker = useRef<Worker | null>(null);
  const waiting = useRef(new Map<number, (reply: PickReply) => void>());
  const nextKey = useRef(1);

  useEffect(
    () => () => {
      worker.current?.terminate();
      worker.current = null;
      waiting.current.clear();
    },
    [],
  );

  const pick = useCallback<Pick>((request) => {
    worker.current ??= startWorker(waiting.current);
    const key = nextKey.current++;
    const { current } = worker;
    return new Promise((resolve) => {
      waiting.current.set(key, resolve);
      current.postMessage({ key, ...request } satisfies PickRequest);
    });
  }, []);

  /** Loads the scans before the first click needs them, with a ray that misses everything. */
  const warmUp = useCallback(
    (targets: PickRequest["targets"]) => void pick({ origin: [0, 0, 1e6], direction: [0, 0, 1], targets }),
    [pick],
  );
  return { pick, warmUp };
}

function startWorker(waiting: Map<number, (reply: PickReply) => void>): Worker {
  const worker = new Worker(new URL("./pick-on-scans.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<PickReply>) => {
    waiting.get(data.key)?.(data);
    waiting.delete(data.key);
  };
  worker.onerror = () => {
    for (const [key, resolve] of waiting) resolve({ key, hit: null, failed: true });
    waiting.clear();
  };
  return worker;
}
