import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { createVendorHttp } from "#lib/vendors/http.ts";
import { newDispatcher } from "#lib/vendors/send-request.ts";

/** Hosts that prove themselves badly. The certificates are the tests' own: nobody but these tests trusts their authority. */
const pem = (name: string) => readFileSync(join(import.meta.dirname, "fixtures", `${name}.pem`), "utf8");
const DEADLINES = { connectMs: 1_000, headersMs: 1_000, idleMs: 1_000, totalMs: 2_000 };

const signIn: Endpoint = {
  dialect: { vendor: "acme", headers: (session) => ({ Authorization: `Bearer ${session.accessToken}` }) },
  name: "signIn",
  method: "POST",
  path: "/v1/sign-in",
  section: "1",
  response: z.looseObject({}),
  repeat: "once",
  permission: "read",
};

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A host with this certificate; `heard` are the requests that reached it. */
async function host(certificate: string, options: ServerOptions = {}, answer = { status: 200, location: "" }) {
  const heard: string[] = [];
  const both = pem(certificate);
  server = createServer({ key: both, cert: both, ...options }, (request, response) => {
    heard.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(answer.status, { "content-type": "application/json", location: answer.location }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

function call(baseUrl: string, authorities?: string) {
  const session = { connectionId: "c", organisationId: "o", accessToken: "secret", groupKey: null, region: "default" };
  const { vendorFetch } = createVendorHttp({
    deadlines: DEADLINES,
    dispatcher: newDispatcher(DEADLINES, authorities),
  });
  return vendorFetch({ ...session, baseUrl }, signIn, { body: { password: "secret" } });
}

test("a host whose certificate is in order is spoken with", async () => {
  const { url, heard } = await host("good");
  await call(url, pem("authority"));
  expect(heard).toEqual(["POST /v1/sign-in Bearer secret"]);
});

test.each([
  ["a certificate that has expired", "expired", {}, true],
  ["a certificate of another host", "other-host", {}, true],
  ["a certificate that nobody known vouches for", "good", {}, false],
  ["TLS 1.1 at best", "good", { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }, true],
] as const)("F18: a host with %s hears nothing of us", async (_, certificate, options, isVouchedFor) => {
  const { url, heard } = await host(certificate, options);
  const error = await call(url, isVouchedFor ? pem("authority") : undefined).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(VendorError);
  expect(error).toMatchObject({ kind: "unavailable", status: null, noEffect: true });
  expect((error as VendorError).message).toMatch(/: [A-Z0-9_]+$/);
  expect(heard).toEqual([]);
});

test("F18: a way to plain http is not followed", async () => {
  const { url, heard } = await host("good", {}, { status: 302, location: "http://127.0.0.1:9/v1/sign-in" });
  await expect(call(url, pem("authority"))).rejects.toMatchObject({ kind: "bad_content", status: 302 });
  expect(heard).toHaveLength(1);
});

/** One trouble of each kind is enough for a refusal; several at once must not cancel each other out. */
const CERTIFICATES = ["expired", "other-host", "good"] as const;

test.each(faultSeeds())(
  "F18: whatever is wrong with a host, and however often it is tried, it hears nothing (seed %d)",
  async (seed) => {
    const chance = new Chance(seed);
    const certificate = chance.pick(CERTIFICATES);
    const isOld = chance.next() < 0.3;
    const isVouchedFor = certificate !== "good" || isOld ? chance.next() < 0.5 : false;
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const { url, heard } = await host(certificate, isOld ? old : {});
    const tries = Array.from({ length: 1 + chance.below(5) }, () =>
      call(url, isVouchedFor ? pem("authority") : undefined),
    );
    for (const outcome of await Promise.allSettled(tries))
      expect(outcome).toMatchObject({
        status: "rejected",
        reason: { kind: "unavailable", status: null, noEffect: true },
      });
    expect(heard).toEqual([]);
  },
);
