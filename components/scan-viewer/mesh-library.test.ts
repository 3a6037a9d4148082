import { describe, expect, test } from "vitest";
import type { DecodeReply, DecodeRequest } from "./decode-messages.ts";
import type { DecodedScan } from "./decode-preview.ts";
import { type CaseAddresses, type DecodeWorker, MeshLibrary, type WantedScan } from "./mesh-library.ts";

/** A worker whose answers the test gives, and frames that the test lets pass. */
function openLibrary(together: CaseAddresses["together"] = () => null) {
  const asked: string[] = [];
  const requests: string[] = [];
  const frames: (() => void)[] = [];
  const worker: DecodeWorker = {
    postMessage: (message: DecodeRequest) => {
      if (message.kind === "load") {
        requests.push(message.url);
        asked.push(...message.previews.map(({ key }) => `load ${key}`));
      }
      if (message.kind === "abort" || message.kind === "edges") asked.push(`${message.kind} ${message.key}`);
    },
    onmessage: null,
    onerror: null,
  };
  const library = new MeshLibrary(worker, (callback) => frames.push(callback), { together, begun: null });
  const answer = (reply: DecodeReply) => worker.onmessage?.({ data: reply } as MessageEvent<DecodeReply>);
  return {
    library,
    asked,
    requests,
    answer,
    arrive: (key: string) =>
      answer({ kind: "loaded", scans: [{ key, scan: { triangles: key.length } as DecodedScan }] }),
    fail: (key: string) => answer({ kind: "failed", keys: [key], problem: "unreachable" }),
    passFrame: () => frames.shift()?.(),
  };
}

const scan = (id: string): WantedScan => ({ id, low: `/low/${id}`, full: `/full/${id}`, axes: null });

describe("the meshes of a case", () => {
  test("arrive in low detail first, and only then in full", () => {
    const { library, asked, arrive } = openLibrary();
    library.want([scan("upper"), scan("lower")]);
    expect(asked).toEqual(["load low upper", "load low lower"]);
    library.pictured();
    arrive("low upper");
    expect(asked).toHaveLength(2);
    arrive("low lower");
    expect(asked.slice(2)).toEqual(["load full upper", "load full lower"]);
  });

  test("leave the line and the machine to the first picture until it is drawn", () => {
    const { library, asked, arrive } = openLibrary();
    library.want([scan("upper")]);
    arrive("low upper");
    expect(asked).toEqual(["load low upper"]);
    library.pictured();
    library.pictured();
    expect(asked).toEqual(["load low upper", "load full upper"]);
  });

  test("come with one request, and show all at once", () => {
    const { library, requests, answer } = openLibrary((ids) => `/case/${ids.join("+")}`);
    let renders = 0;
    library.subscribe(() => renders++);
    library.want([scan("upper"), { id: "bite", low: null, full: "/full/bite", axes: null }, scan("lower")]);
    expect(requests).toEqual(["/case/upper+bite+lower"]);
    const arrived = ["low upper", "full bite", "low lower"].map((key) => ({ key, scan: {} as DecodedScan }));
    answer({ kind: "loaded", scans: arrived });
    expect([renders, library.snapshot().get("upper")?.low, library.snapshot().get("lower")?.low]).toEqual([1, {}, {}]);
    library.want([scan("upper"), scan("lower"), scan("situ")]);
    expect(requests.at(-1)).toBe("/low/situ");
  });

  test("are asked for one by one when they do not come together", () => {
    const { library, requests, answer } = openLibrary((ids) => `/case/${ids.join("+")}`);
    library.want([scan("upper"), scan("lower")]);
    answer({ kind: "failed", keys: ["low upper", "low lower"], problem: "unreachable" });
    expect(requests).toEqual(["/case/upper+lower", "/low/upper", "/low/lower"]);
    expect(library.snapshot().get("upper")?.problem ?? null).toBeNull();
  });

  test("are swapped for the full ones one per frame", () => {
    const { library, arrive, passFrame } = openLibrary();
    library.want([scan("upper"), scan("lower")]);
    library.pictured();
    for (const key of ["low upper", "low lower", "full upper", "full lower"]) arrive(key);
    const full = () => ["upper", "lower"].filter((id) => library.snapshot().get(id)?.full);
    expect(full()).toEqual([]);
    passFrame();
    expect(full()).toEqual(["upper"]);
    passFrame();
    expect(full()).toEqual(["upper", "lower"]);
  });

  test("skip the low detail of a small scan", () => {
    const { library, asked } = openLibrary();
    library.want([{ id: "bite", low: null, full: "/full/bite", axes: null }]);
    expect(asked).toEqual(["load full bite"]);
  });

  test("do not hold each other up when one fails, and a retry asks again", () => {
    const { library, asked, arrive, fail } = openLibrary();
    library.want([scan("upper"), scan("lower")]);
    library.pictured();
    fail("low upper");
    arrive("low lower");
    expect(library.snapshot().get("upper")?.problem).toBe("unreachable");
    expect(asked.slice(2)).toEqual(["load full lower"]);
    library.retry("upper");
    expect(asked.slice(3)).toEqual(["load low upper"]);
  });

  test("are neither asked for twice nor lost when a scan is hidden and shown again", () => {
    const { library, asked, arrive, passFrame } = openLibrary();
    library.pictured();
    library.want([scan("upper")]);
    arrive("low upper");
    arrive("full upper");
    library.want([scan("upper")]);
    passFrame();
    library.want([]);
    library.want([scan("upper")]);
    expect(asked).toEqual(["load low upper", "load full upper"]);
    expect(library.snapshot().get("upper")?.full).not.toBeNull();
  });

  test("are no longer loaded once nobody wants them", () => {
    const { library, asked, arrive } = openLibrary();
    library.want([scan("upper")]);
    library.want([]);
    arrive("low upper");
    expect(asked).toEqual(["load low upper", "abort low upper"]);
    expect(library.snapshot().size).toBe(0);
  });

  test("are let go of when the page is left", () => {
    const { library, asked, arrive } = openLibrary();
    library.want([scan("upper")]);
    expect(library.dispose()).toBe(true);
    arrive("low upper");
    expect(asked.at(-1)).toBe("abort low upper");
    expect(library.snapshot().size).toBe(0);
  });
});
