import { describe, expect, it } from "vitest";
import { guardStream } from "./guard-stream.ts";

function source(chunks: number): { body: ReadableStream<Uint8Array>; isCancelled: () => boolean } {
  let left = chunks;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array([left]));
      else controller.close();
    },
    cancel() {
      cancelled = true;
    },
  });
  return { body, isCancelled: () => cancelled };
}

describe("F58: a download under way", () => {
  it("arrives whole while its reader may have it, and asks seldom", async () => {
    let time = 0;
    let asked = 0;
    const isAllowed = async () => ++asked > 0;
    const guarded = guardStream(source(100).body, isAllowed, () => (time += 100));
    expect((await new Response(guarded).bytes()).length).toBe(100);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(8);
  });

  it("breaks off within seconds once the right to it is gone, and lets go of its source", async () => {
    let time = 0;
    const { body, isCancelled } = source(1_000);
    const reader = guardStream(
      body,
      async () => false,
      () => time,
    ).getReader();
    expect((await reader.read()).done).toBe(false);
    time = 2_000;
    expect((await reader.read()).done).toBe(false);
    time = 3_500;
    await expect(reader.read()).rejects.toThrow("taken away");
    expect(isCancelled()).toBe(true);
  });

  it("stops its source when the reader goes away", async () => {
    const { body, isCancelled } = source(1_000);
    const reader = guardStream(body, async () => true).getReader();
    await reader.read();
    await reader.cancel();
    expect(isCancelled()).toBe(true);
  });
});
