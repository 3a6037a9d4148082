import { useCallback, useEffect, useRef } from "react";
import type { Axes } from "#lib/mesh/turn-mesh.ts";
import type { MeasureReply, MeasureRequest, QuestionKind, Questions } from "./measure-messages.ts";

/** Asks the measuring worker. Null: it could not be answered, or was taken back by `signal`. */
export type Ask = <K extends QuestionKind>(
  kind: K,
  question: Questions[K]["question"],
  signal?: AbortSignal,
) => Promise<Questions[K]["answer"] | null>;

type Waiting = Map<number, (reply: MeasureReply) => void>;

/**
 * Measures in a worker of its own, which is started by the first question and ends on unmount.
 * @param axes how the scans of the case are turned; all of them alike
 */
export function useMeasurer(axes: Axes | null): Ask {
  const worker = useRef<Worker | null>(null);
  const waiting = useRef<Waiting>(new Map());
  const nextKey = useRef(1);
  const turned = useRef(axes);
  turned.current = axes;

  useEffect(
    () => () => {
      worker.current?.terminate();
      worker.current = null;
      waiting.current.clear();
    },
    [],
  );

  return useCallback<Ask>((kind, question, signal) => {
    worker.current ??= startWorker(waiting.current);
    const key = nextKey.current++;
    const { current } = worker;
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve(null);
      waiting.current.set(key, (reply) => resolve(reply.failed || signal?.aborted ? null : (reply.answer as never)));
      signal?.addEventListener("abort", () => {
        current.postMessage({ kind: "stop", key } satisfies MeasureRequest);
        resolve(null);
      });
      current.postMessage({ kind, key, axes: turned.current, question } as MeasureRequest);
    });
  }, []);
}

function startWorker(waiting: Waiting): Worker {
  const worker = new Worker(new URL("./measure.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<MeasureReply>) => {
    waiting.get(data.key)?.(data);
    waiting.delete(data.key);
  };
  worker.onerror = () => {
    for (const [key, resolve] of waiting) resolve({ key, failed: true });
    waiting.clear();
  };
  return worker;
}
