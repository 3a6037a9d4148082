import { describe, expect, it } from "vitest";
import { isDatabaseAway } from "./is-database-away.ts";

const error = (message: string, more: object = {}) => Object.assign(new Error(message), more);
/** As Prisma tells what its driver met. */
const byDriver = (cause: object) =>
  error("raw query failed", { code: "P2010", meta: { driverAdapterError: { cause } } });

describe("F48: a failure of the database", () => {
  it.each([
    ["a refused connection", error("connect", { code: "ECONNREFUSED" })],
    ["one deep inside", error("outer", { cause: error("inner", { code: "ECONNRESET" }) })],
    ["a server that is being shut down", byDriver({ originalCode: "57P01", kind: "postgres" })],
    ["a connection closed under a query", byDriver({ kind: "ConnectionClosed" })],
    ["a deadlock", byDriver({ originalCode: "40P01", kind: "postgres" })],
    ["a statement that took too long", byDriver({ originalCode: "57014", kind: "postgres" })],
    ["an exhausted pool", error("pool", { code: "P2024" })],
    ["a client that lost its connection", error("Client has encountered a connection error and is not queryable")],
    ["a connection that ended", error("Connection terminated unexpectedly")],
  ])("that may pass: %s", (_, failure) => expect(isDatabaseAway(failure)).toBe(true));

  it.each([
    ["a mistake of ours", error("undefined is not a function")],
    ["a row that is there already", error("unique", { code: "P2002" })],
    ["bad SQL", byDriver({ originalCode: "42601", kind: "postgres" })],
    ["nothing", null],
  ])("that stays: %s", (_, failure) => expect(isDatabaseAway(failure)).toBe(false));
});
