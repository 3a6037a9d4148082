import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import type { PasswordAuth } from "#lib/vendors/vendor-auth.ts";

const pem = (name: string) => readFileSync(new URL(`../fixtures/${name}.pem`, import.meta.url), "utf8");

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A host with this certificate; `heard` are the requests that reached it. */
async function host(certificate: string) {
  const heard: string[] = [];
  const both = pem(certificate);
  server = createServer({ key: both, cert: both }, (request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/api`, heard };
}

test.each([
  ["that nobody known vouches for", "good"],
  ["that has expired", "expired"],
  ["of another host", "other-host"],
])("F18: a host with a certificate %s hears neither password, nor token, nor file", async (_, certificate) => {
  const { url, heard } = await host(certificate);
  process.env.MEDISYNC_API_URL = url;
  vi.resetModules();
  const { medisync } = await import("#lib/vendors/medisync/connector.ts");
  const ids = { connectionId: "c", organisationId: "o", groupKey: null, region: "default" };
  const session = { ...ids, baseUrl: url, accessToken: "secret" };
  const key = "65f8a1b2c3d4e5f6789012ef";
  const settled = await Promise.allSettled([
    (medisync.auth as PasswordAuth).signIn({ email: "you@example.com", password: "secret" }),
    medisync.appointments!.addDocument(session, key, { name: "a.pdf", bytes: Buffer.from("%PDF-1.4") }),
    medisync.appointments!.openRecording(session, key, null),
  ]);
  for (const one of settled) {
    const error: unknown = one.status === "rejected" ? one.reason : null;
    expect(error).toMatchObject({ kind: "unavailable", status: null, noEffect: true });
    expect(String((error as Error).stack)).not.toContain("secret");
  }
  expect(heard).toEqual([]);
});
