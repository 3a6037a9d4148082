import { describe, expect, test } from "vitest";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { DecodedScan } from "./decode-preview.ts";
import type { LoadedScan } from "./mesh-library.ts";
import { viewerStatus } from "./viewer-status.ts";

const scan = (id: string, state: ScanView["state"] = "ready") => ({ id, state }) as ScanView;
const mesh = (triangles: number) => ({ triangles }) as DecodedScan;
const status = (scans: ScanView[], loaded: Record<string, Partial<LoadedScan>> = {}, drawn = scans) =>
  viewerStatus(
    scans,
    drawn.filter(({ state }) => state === "ready"),
    new Map(Object.entries(loaded).map(([id, some]) => [id, { low: null, full: null, problem: null, ...some }])),
  );

describe("the state of the viewer", () => {
  test("goes from loading over the first picture to the full mesh", () => {
    const jaws = [scan("u"), scan("l")];
    expect(status(jaws).state).toBe("loading");
    expect(status(jaws, { u: { low: mesh(20) } })).toMatchObject({ state: "low", triangles: 20 });
    expect(status(jaws, { u: { low: mesh(20), full: mesh(300) }, l: { low: mesh(21) } })).toMatchObject({
      state: "low",
      triangles: 321,
    });
    expect(status(jaws, { u: { full: mesh(300) }, l: { full: mesh(310) } })).toMatchObject({
      state: "full",
      triangles: 610,
    });
  });

  test("is loading while the vendor is still being asked, and says so", () => {
    expect(status([scan("u", "waiting"), scan("l", "fetching")])).toMatchObject({
      state: "loading",
      absence: "waiting",
    });
  });

  test("is not whole while scans of the case are still on their way", () => {
    const some = [scan("u"), scan("l", "fetching"), scan("b", "waiting"), scan("x", "failed")];
    const shown = { u: { full: mesh(300) } };
    expect(status(some, shown)).toMatchObject({ state: "low", triangles: 300, here: { scans: 1, of: 3 } });
    expect(status([scan("u"), scan("x", "failed")], shown)).toMatchObject({ state: "full", here: null });
  });

  test("has failed only when nothing can be shown", () => {
    expect(status([scan("u", "failed")])).toMatchObject({ state: "failed", absence: "failed" });
    expect(status([scan("u")], { u: { problem: "unreachable" } }).state).toBe("failed");
    expect(status([scan("u", "failed"), scan("l")], { l: { full: mesh(5) } }).state).toBe("full");
    expect(status([scan("u"), scan("l")], { u: { problem: "unreadable" }, l: { full: mesh(5) } }).state).toBe("full");
  });

  test("tells an order without scans from one whose scans are hidden", () => {
    expect(status([])).toMatchObject({ state: "empty", absence: "empty" });
    expect(status([scan("u")], {}, [])).toMatchObject({ state: "empty", absence: "hidden" });
  });
});
