import type { MeasuredMesh } from "#lib/mesh/measure/measured-mesh.ts";
import type { Axes } from "#lib/mesh/turn-mesh.ts";
import { createAnswers } from "./answer-questions.ts";
import { loadMeasured } from "./load-measured.ts";
import type { MeasureReply, MeasureRequest, Questions } from "./measure-messages.ts";

/** Measures on the full meshes. Loads a scan (from the browser's cache) when it is first asked about. */

const scope = self as unknown as {
  postMessage(reply: MeasureReply, transfer?: ArrayBufferLike[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<MeasureRequest>) => void): void;
};

/** Long work lets other questions in this often, ms. */
const TURN_MS = 12;

const meshes = new Map<string, Promise<MeasuredMesh>>();
const stopped = new Set<number>();
const answers = createAnswers(open);
/** The same in every question of one case: what is measured lies as it is shown. */
let axes: Axes | null = null;

scope.addEventListener("message", ({ data }) => {
  if (data.kind === "stop") stopped.add(data.key);
  else {
    axes = data.axes;
    void answer(data);
  }
});

async function answer(request: Exclude<MeasureRequest, { kind: "stop" }>): Promise<void> {
  const { key, kind, question } = request;
  try {
    const reply = await (
      answers[kind] as (q: typeof question, pause: () => Promise<void>) => Promise<Questions[typeof kind]["answer"]>
    )(question, createPause(key));
    scope.postMessage({ key, failed: false, answer: reply }, "maps" in reply ? buffersOf(reply.maps) : []);
  } catch {
    scope.postMessage({ key, failed: true });
  } finally {
    stopped.delete(key);
  }
}

function buffersOf(maps: readonly { full: Float32Array; low: Float32Array | null }[]): ArrayBufferLike[] {
  return maps.flatMap(({ full, low }) => [full.buffer, ...(low ? [low.buffer] : [])]);
}

/** Gives other messages a turn now and then; throws once this question was taken back. */
function createPause(key: number): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await new Promise<void>((resolve) => {
      const turn = new MessageChannel();
      turn.port1.onmessage = () => {
        turn.port1.close();
        resolve();
      };
      turn.port2.postMessage(null);
    });
    if (stopped.has(key)) throw new Error("taken back");
    since = performance.now();
  };
}

function open(url: string): Promise<MeasuredMesh> {
  const opened = meshes.get(url) ?? loadMeasured(url, axes);
  meshes.set(url, opened);
  opened.catch(() => meshes.delete(url));
  return opened;
}
