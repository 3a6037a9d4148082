import { useCallback, useEffect, useRef, useState } from "react";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { guessJaw } from "./guess-jaw.ts";
import { forgetLocalPreviews, keepLocalPreviews } from "./local-previews.ts";
import type { LocalFileProblem, LocalFileReply, LocalFileRequest, ReadScan } from "./read-local-scan.worker.ts";

export interface LocalProblem {
  id: string;
  name: string;
  problem: LocalFileProblem | "tookTooLong";
  /** What the parser says of the place, in English. */
  detail: string;
}

/** A file that is not read by then is not going to be, ms. */
const LONGEST_READING_MS = 120_000;

/** Files of this computer as scans. Nothing of them leaves the page; leaving it frees them. */
export function useLocalScans() {
  const [scans, setScans] = useState<readonly ScanView[]>([]);
  const [reading, setReading] = useState(0);
  const [problems, setProblems] = useState<readonly LocalProblem[]>([]);
  const worker = useRef<Worker | null>(null);
  /** Files that are still being read, by key. */
  const waiting = useRef(new Map<string, string>());
  const watchdog = useRef<ReturnType<typeof setTimeout>>(undefined);
  const kept = useRef<string[]>([]);

  const stop = useCallback(() => {
    clearTimeout(watchdog.current);
    worker.current?.terminate();
    worker.current = null;
  }, []);
  useEffect(() => {
    const own = kept.current;
    return () => {
      stop();
      for (const id of own) forgetLocalPreviews(id);
    };
  }, [stop]);

  const complain = useCallback((problem: Omit<LocalProblem, "id">) => {
    setProblems((others) => [...others, { id: crypto.randomUUID(), ...problem }]);
  }, []);

  /** Nothing has been heard for so long: the worker is ended with all that waits in it. */
  const watch = useCallback(() => {
    clearTimeout(watchdog.current);
    if (waiting.current.size === 0) return;
    watchdog.current = setTimeout(() => {
      stop();
      for (const name of waiting.current.values()) complain({ name, problem: "tookTooLong", detail: "" });
      waiting.current.clear();
      setReading(0);
    }, LONGEST_READING_MS);
  }, [stop, complain]);

  const receive = useCallback(
    (reply: LocalFileReply) => {
      if (reply.kind === "done") {
        waiting.current.delete(reply.key);
        setReading(waiting.current.size);
      } else if (reply.kind === "problem") complain(reply);
      else {
        const id = crypto.randomUUID();
        kept.current.push(id);
        keepLocalPreviews(id, reply.scan.low.glb, reply.scan.full.glb);
        setScans((others) => [...others, toScan(id, reply.scan)]);
      }
      watch();
    },
    [complain, watch],
  );

  const open = useCallback(
    (files: readonly File[]) => {
      worker.current ??= startWorker(receive);
      setProblems([]);
      for (const file of files) {
        const key = crypto.randomUUID();
        waiting.current.set(key, file.name);
        worker.current.postMessage({ key, file } satisfies LocalFileRequest);
      }
      setReading(waiting.current.size);
      watch();
    },
    [receive, watch],
  );
  return { scans, reading, problems, open };
}

function startWorker(receive: (reply: LocalFileReply) => void): Worker {
  const worker = new Worker(new URL("./read-local-scan.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<LocalFileReply>) => receive(data);
  return worker;
}

function toScan(id: string, { name, bytes, facts, low, full }: ReadScan): ScanView {
  const preview = ({ glb, triangles }: typeof low) => ({ bytes: glb.length, triangles });
  return {
    id,
    orderId: id,
    fileId: id,
    name,
    jaw: guessJaw(name),
    biteGroup: null,
    state: "ready",
    problem: null,
    format: facts.format,
    vertices: facts.vertices,
    triangles: facts.triangles,
    bounds: facts.bounds,
    maxErrorUm: facts.maxErrorUm,
    sha256: null,
    bytes,
    hasColour: facts.hasColour,
    axes: null,
    dropped: facts.dropped.notFinite + facts.dropped.tooFewCorners + facts.dropped.degenerate,
    previews: { low: preview(low), full: preview(full) },
  };
}
