import { useCallback, useEffect, useRef, useState } from "react";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { guessJaw } from "./guess-jaw.ts";
import { forgetLocalPreviews, keepLocalPreviews } from "./local-previews.ts";
import type { LocalScanReply, LocalScanRequest } from "./read-local-scan.worker.ts";

export interface LocalProblem {
  name: string;
  problem: "unreadable" | "tooLarge";
  /** What the parser says of the place, in English. */
  detail: string;
}

/** Files of this computer as scans. Nothing of them leaves the page; leaving it frees them. */
export function useLocalScans() {
  const [scans, setScans] = useState<readonly ScanView[]>([]);
  const [reading, setReading] = useState(0);
  const [problems, setProblems] = useState<readonly LocalProblem[]>([]);
  const worker = useRef<Worker | null>(null);
  const names = useRef(new Map<string, { name: string; bytes: number }>());

  useEffect(() => {
    const kept = names.current;
    return () => {
      worker.current?.terminate();
      worker.current = null;
      for (const id of kept.keys()) forgetLocalPreviews(id);
    };
  }, []);

  const receive = useCallback((reply: LocalScanReply) => {
    const { name, bytes } = names.current.get(reply.key)!;
    setReading((count) => count - 1);
    if (reply.problem !== null) {
      const { problem, detail } = reply;
      return setProblems((others) => [...others, { name, problem, detail }]);
    }
    keepLocalPreviews(reply.key, reply.low.glb, reply.full.glb);
    setScans((others) => [...others, toScan(reply, name, bytes)]);
  }, []);

  const open = useCallback(
    (files: readonly File[]) => {
      worker.current ??= startWorker(receive);
      setProblems([]);
      setReading((count) => count + files.length);
      for (const file of files) {
        const key = crypto.randomUUID();
        names.current.set(key, { name: file.name, bytes: file.size });
        worker.current.postMessage({ key, file } satisfies LocalScanRequest);
      }
    },
    [receive],
  );
  return { scans, reading, problems, open };
}

function startWorker(receive: (reply: LocalScanReply) => void): Worker {
  const worker = new Worker(new URL("./read-local-scan.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<LocalScanReply>) => receive(data);
  return worker;
}

function toScan(reply: Extract<LocalScanReply, { problem: null }>, name: string, bytes: number): ScanView {
  const { key, facts, low, full } = reply;
  const preview = ({ glb, triangles }: typeof low) => ({ bytes: glb.length, triangles });
  return {
    id: key,
    orderId: key,
    fileId: key,
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
