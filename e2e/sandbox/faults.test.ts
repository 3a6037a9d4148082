import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, connect, controlPort, ONE_LAB } from "./sandbox-client.ts";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";

interface Truth {
  status: string;
  counts: { accepted: number };
}

/** A clock that stands still, so that a rate limit's second never ends. */
const NOON = Date.UTC(2026, 5, 1, 12);

describe("faults armed through the control port", () => {
  let sandbox: Sandbox;
  let lab: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, orders: 3, now: () => NOON });
    lab = (await connect(sandbox, "lab@onelab.example")).access_token;
  });
  afterAll(() => sandbox.close());

  const arm = (fault: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    controlPort(sandbox, "POST", "/faults", { vendor: "meditlink-api", count: 1, ...more, fault });
  const me = (signal?: AbortSignal) =>
    fetch(`${sandbox.meditlinkApi}/v1/me?schema=latest`, {
      ...(signal === undefined ? {} : { signal }),
      headers: {
        authorization: `Bearer ${lab}`,
        "x-meditlink-client-id": sandbox.clientId,
        "content-type": "application/json",
      },
    });
  const accept = (number: number) =>
    api(sandbox, lab, "PUT", `/v1/orders/${number}/accept?schema=latest`, { group: ONE_LAB });
  const newOrder = async () =>
    (await controlPort<{ numbers: number[] }>(sandbox, "POST", "/orders", {})).numbers[0] ?? 0;
  const truthOf = (number: number) => controlPort<Truth>(sandbox, "GET", `/orders/${number}`);

  it("answer with a status and headers of choice, as often as asked", async () => {
    await arm({ kind: "status", status: 429, headers: { "retry-after": "7" } }, { count: 2 });
    const answers = [await me(), await me(), await me()];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(answers[0]?.headers.get("retry-after")).toBe("7");
  });

  it("cut the connection before the call took effect", async () => {
    const number = await newOrder();
    await arm({ kind: "reset" }, { method: "PUT" });
    await expect(accept(number)).rejects.toThrow();
    expect(await truthOf(number)).toMatchObject({ status: "PENDING", counts: { accepted: 0 } });
  });

  it.each(["resetAfterCommit", "hangAfterCommit"])("lose the answer of a call that took effect: %s", async (kind) => {
    const number = await newOrder();
    await arm({ kind, ms: 20 }, { method: "PUT", path: `^/v1/orders/${number}/accept` });
    await expect(accept(number)).rejects.toThrow();
    expect(await truthOf(number)).toMatchObject({ status: "ACCEPTED", counts: { accepted: 1 } });
    expect((await accept(number)).status).toBe(409);
  });

  it("answer 502 although the call took effect", async () => {
    const number = await newOrder();
    await arm({ kind: "statusAfterCommit", status: 502 });
    expect((await accept(number)).status).toBe(502);
    expect(await truthOf(number)).toMatchObject({ status: "ACCEPTED" });
  });

  it("say nothing until the caller gives up", async () => {
    await arm({ kind: "hang" });
    await expect(me(AbortSignal.timeout(50))).rejects.toThrow();
  });

  it("answer with another site's page, with half an answer, and with broken JSON", async () => {
    await arm({ kind: "html" });
    expect((await me()).headers.get("content-type")).toContain("text/html");
    await arm({ kind: "truncate" });
    await expect(me().then((answer) => answer.text())).rejects.toThrow();
    await arm({ kind: "malformed" });
    await expect(me().then((answer) => answer.json())).rejects.toThrow();
  });

  it("trickle, delay, corrupt and pad", async () => {
    const clean = Buffer.from(await (await me()).arrayBuffer());
    await arm({ kind: "slow", ms: 0 });
    expect((await (await me()).json()).email).toBe("lab@onelab.example");
    await arm({ kind: "delay", ms: 30 });
    const startedAt = performance.now();
    await me();
    expect(performance.now() - startedAt).toBeGreaterThan(28);
    await arm({ kind: "corrupt" });
    expect((await (await me()).arrayBuffer()).byteLength).toBe(clean.length);
    await arm({ kind: "pad" });
    expect((await (await me()).arrayBuffer()).byteLength).toBe(clean.length + 64);
  });

  it("swell half a megabyte to half a gigabyte", async () => {
    await arm({ kind: "gzipBomb" });
    const reader = (await me()).body?.getReader();
    let size = 0;
    while (reader !== undefined && size < 32 * 1024 * 1024) {
      const { value, done } = await reader.read();
      if (done) break;
      size += value.length;
    }
    await reader?.cancel();
    expect(size).toBeGreaterThanOrEqual(32 * 1024 * 1024);
  });

  it("come at random, the same way for the same seed", async () => {
    const pattern = async () => {
      await controlPort(sandbox, "POST", "/faults", {
        vendor: "meditlink",
        probability: 0.5,
        seed: 9,
        fault: { kind: "status", status: 500 },
      });
      const statuses: number[] = [];
      for (let i = 0; i < 12; i++) statuses.push((await me()).status);
      await controlPort(sandbox, "DELETE", "/faults");
      return statuses;
    };
    const first = await pattern();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await pattern()).toEqual(first);
  });

  it("include a rate limit, whose Retry-After the caller had better respect", async () => {
    await controlPort(sandbox, "POST", "/settings", { rateLimitPerSecond: 1 });
    const statuses = [(await me()).status, (await me()).status, (await me()).status];
    await controlPort(sandbox, "POST", "/settings", { rateLimitPerSecond: 0 });
    expect(statuses).toContain(429);
  });
});

describe("what the protocol checks find", () => {
  let sandbox: Sandbox;
  let lab: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, orders: 3 });
    lab = (await connect(sandbox, "lab@onelab.example")).access_token;
  });
  afterAll(() => sandbox.close());

  const orders = "/v1/orders/search?schema=latest&size=20&page=0&start=0&end=1";

  it.each([
    ["no client id", "GET", orders, { group: ONE_LAB, headers: { "x-meditlink-client-id": undefined } }, 400],
    ["another client id", "GET", orders, { group: ONE_LAB, headers: { "x-meditlink-client-id": "x" } }, 403],
    ["no group", "GET", orders, {}, 400],
    ["another's group", "GET", orders, { group: "RC5EQVZJU18xNTQ4Mzc5OTMzODc0" }, 403],
    ["no content type", "GET", orders, { group: ONE_LAB, headers: { "content-type": undefined } }, 400],
    ["an undocumented parameter", "GET", `${orders}&sort=name`, { group: ONE_LAB }, 204],
    ["no schema", "GET", "/v1/me", {}, 200],
    ["a group where none is documented", "GET", "/v1/me?schema=latest", { group: ONE_LAB }, 200],
    [
      "a body where none is documented",
      "PUT",
      "/v1/orders/3706720/cancel?schema=latest",
      { group: ONE_LAB, body: {} },
      403,
    ],
    ["an operation that does not exist", "GET", "/v1/orders?schema=latest", { group: ONE_LAB }, 404],
    ["a user that is no e-mail", "GET", "/v1/users/me?schema=latest", {}, 400],
  ])("%s", async (_what, method, path, options, status) => {
    await controlPort(sandbox, "DELETE", "/calls");
    expect((await api(sandbox, lab, method, path, options)).status).toBe(status);
    expect(await controlPort(sandbox, "GET", "/violations")).toHaveLength(1);
  });

  it("nothing in a careful client's calls", async () => {
    await controlPort(sandbox, "DELETE", "/calls");
    await connect(sandbox, "lab@onelab.example");
    expect((await api(sandbox, lab, "GET", orders, { group: ONE_LAB })).status).toBe(204);
    expect(await controlPort(sandbox, "GET", "/violations")).toEqual([]);
    expect(await controlPort(sandbox, "GET", "/calls")).not.toEqual([]);
  });

  it("a scope that consent did not grant", async () => {
    const reader = (await connect(sandbox, "second@onelab.example", "USER GROUP ORDER")).access_token;
    expect(
      (await api(sandbox, reader, "PUT", "/v1/orders/3706720/accept?schema=latest", { group: ONE_LAB })).status,
    ).toBe(403);
  });
});

describe("a restart", () => {
  it("keeps decisions, new orders, tokens and uploads' files", async () => {
    const stateDir = mkdtempSync(join(tmpdir(), "sandbox-state-"));
    const first = await startSandbox({ port: 0, orders: 5, stateDir });
    const { access_token } = await connect(first, "lab@onelab.example");
    const { numbers } = await controlPort<{ numbers: number[] }>(first, "POST", "/orders", { count: 2 });
    const [accepted = 0, waiting = 0] = numbers;
    await api(first, access_token, "PUT", `/v1/orders/${accepted}/accept?schema=latest`, { group: ONE_LAB });
    const before = await (
      await api(first, access_token, "GET", `/v1/orders/${waiting}?schema=latest`, { group: ONE_LAB })
    ).json();
    await first.close();

    const second = await startSandbox({ port: 0, orders: 5, stateDir });
    const get = async (number: number) =>
      (await api(second, access_token, "GET", `/v1/orders/${number}?schema=latest`, { group: ONE_LAB })).json();
    expect(await get(accepted)).toMatchObject({ status: "ACCEPTED" });
    expect(await controlPort(second, "GET", `/orders/${accepted}`)).toMatchObject({ counts: { accepted: 1 } });
    expect(await get(waiting)).toEqual(before);
    await controlPort(second, "POST", "/reset", {});
    expect((await controlPort<unknown[]>(second, "GET", "/orders")).length).toBe(10);
    await second.close();
    rmSync(stateDir, { recursive: true });
  });

  it("makes no mesh and no archive before somebody asks for one", async () => {
    const stateDir = mkdtempSync(join(tmpdir(), "sandbox-state-"));
    const sandbox = await startSandbox({ port: 0, orders: 20, stateDir });
    expect([...readdirSync(join(stateDir, "archives")), ...readdirSync(join(stateDir, "meshes"))]).toEqual([]);
    await sandbox.close();
    rmSync(stateDir, { recursive: true });
  });
});
