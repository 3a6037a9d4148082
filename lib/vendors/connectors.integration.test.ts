import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CALLBACK, consent } from "#e2e/sandbox/sandbox-client.ts";
import { PASSWORD } from "#e2e/sandbox/settings.ts";
import { type Sandbox, startSandbox } from "#e2e/sandbox/start-sandbox.ts";
import { cadmus } from "#lib/vendors/cadmus/connector.ts";
import { describeConnector, eventually, fetchLocated, md5Base64, ready } from "#lib/vendors/contract-suite.ts";
import { getCase, searchCases } from "#lib/vendors/meditlink/api/cases.ts";
import { getGroup } from "#lib/vendors/meditlink/api/groups.ts";
import { getUser } from "#lib/vendors/meditlink/api/users.ts";
import { meditlink } from "#lib/vendors/meditlink/connector.ts";
import { uploadSigned } from "#lib/vendors/upload-signed.ts";
import type { OAuthAuth, PasswordAuth } from "#lib/vendors/vendor-auth.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const LAB = "lab@onelab.example";
const CLINIC = "clinic@davis.example";
const CADMUS = "cadmus@onelab.example";
const auth = meditlink.auth as OAuthAuth;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, orders: 60, triangles: 2_000 });
  Object.assign(process.env, {
    MEDITLINK_AUTH_URL: sandbox.meditlinkAuth,
    MEDITLINK_API_URL: sandbox.meditlinkApi,
    MEDITLINK_CLIENT_ID: sandbox.clientId,
    MEDITLINK_CLIENT_SECRET: sandbox.clientSecret,
    MEDITLINK_SCOPES: sandbox.scopes,
    MEDITLINK_ALLOW_PASSWORD_GRANT: "true",
    CADMUS_API_URL: sandbox.cadmusApi,
    ALLOWED_DOWNLOAD_HOSTS: [sandbox.meditlinkStorage, sandbox.cadmusStorage].map((url) => new URL(url).host).join(","),
  });
});
afterAll(() => sandbox.close());

const server = () => auth.servers()[0]!;
async function signIn(email: string) {
  const code = (await consent(sandbox, email)).searchParams.get("code")!;
  return await auth.exchangeCode(server(), { code, redirectUri: CALLBACK, codeVerifier: null });
}
async function meditlinkSession(accessToken: string): Promise<VendorSession> {
  const session = {
    connectionId: "c",
    organisationId: "o",
    baseUrl: server().apiUrl,
    accessToken,
    groupKey: null,
    region: "default",
  };
  return { ...session, groupKey: (await meditlink.identify(session)).groupKey };
}
const groupOf = (email: string) => sandbox.world.accounts.get(email)!.groupUuid!;

describeConnector("MeditLink", {
  vendor: meditlink,
  api: "meditlink-api",
  sandbox: () => sandbox,
  newToken: async () => (await signIn(LAB)).accessToken,
  sessionOf: meditlinkSession,
  truth: () => sandbox.world.ordersOf(groupOf(LAB)).map((order) => String(order.number)),
  more({ session, arm }) {
    const pending = () => sandbox.world.ordersOf(groupOf(LAB)).filter((order) => order.status === "PENDING");
    const decide = meditlink.orders!.decide!;
    const clinic = async () => meditlinkSession((await signIn(CLINIC)).accessToken);

    test("§3.1.2, §3.2.1: a colleague and a clinic are looked up", async () => {
      expect((await getUser(session(), "second@onelab.example")).name).toBe("Min-seo Kang");
      const group = await getGroup(session(), groupOf(CLINIC));
      expect(group).toMatchObject({ name: "D.Davis", contact: { officePhone: "2193-9600" } });
      expect(group.files.map((file) => file.fileType)).toContain("LOGO_IMAGE");
    });

    test("§3.3: the clinic finds its case by name and reads it", async () => {
      const its = await clinic();
      const page = await searchCases(its, { size: 5 });
      expect(page.content).toHaveLength(5);
      const [{ uuid, name }] = page.content as [{ uuid: string; name: string }];
      const found = await searchCases(its, { name });
      expect(found.content.map((item) => (item as { uuid: string }).uuid)).toContain(uuid);
      expect((await getCase(its, uuid)).uuid).toBe(uuid);
    });

    test("§3.5.4: an order is accepted once; the second time it is a conflict", async () => {
      const { number } = pending()[0]!;
      expect(await decide(session(), String(number), "accept")).toMatchObject({ status: "accepted", whole: true });
      await expect(decide(session(), String(number), "accept")).rejects.toMatchObject({
        kind: "conflict",
        noEffect: true,
      });
      expect(sandbox.world.orders.get(number)!.counts).toMatchObject({ accepted: 1, refused: 1 });
    });

    test("§3.5.5: an order is rejected, and reads so", async () => {
      const number = String(pending()[0]!.number);
      expect(await decide(session(), number, "reject")).toBeNull();
      expect((await meditlink.orders!.get(session(), number)).status).toBe("rejected");
    });

    test("§3.5.3: the clinic cancels its own order, a lab may not", async () => {
      const order = pending().find((one) => one.buyer === groupOf(CLINIC))!;
      const number = String(order.number);
      await expect(decide(session(), number, "cancel")).rejects.toMatchObject({ kind: "scope" });
      expect(await decide(await clinic(), number, "cancel")).toBeNull();
      expect(order.status).toBe("CANCELED");
    });

    test("F32: an accept whose answer is lost is in doubt and not sent again", async () => {
      const { number, counts } = pending()[0]!;
      arm({ kind: "resetAfterCommit" }, { method: "PUT" });
      await expect(decide(session(), String(number), "accept")).rejects.toMatchObject({
        kind: "unavailable",
        noEffect: false,
      });
      expect(counts).toMatchObject({ accepted: 1, refused: 0 });
    });

    test("§3.4.2 to §3.4.4, Appendix B: a file is attached, appears in the case, is downloaded and deleted", async () => {
      const files = meditlink.files!;
      const its = session();
      const order = await meditlink.orders!.get(its, String(pending()[0]!.number));
      const body = Buffer.from("shade A2, please");
      const attached = await files.attach!(its, {
        caseKey: order.caseKey!,
        name: "note.txt",
        bytes: body.length,
        md5Base64: md5Base64(body),
        callbackUrl: "http://127.0.0.1:9/api/webhooks/meditlink/none",
      });
      const { uploadUrl: url, headers } = attached;
      await uploadSigned({ vendor: "meditlink", url, allowedHosts: [], body, bytes: body.length, headers });
      const listed = await eventually(async () =>
        (await meditlink.orders!.get(its, order.number)).files!.find((file) => file.name.startsWith("note.txt")),
      );
      expect(listed).toMatchObject({ kind: "attachment", vendorFileType: "ATTACHED_DATA" });
      const located = await ready(() =>
        files.locate(its, {
          orderNumber: order.number,
          fileKey: listed.key,
          fileName: listed.name,
          format: "original",
        }),
      );
      expect((await fetchLocated(located)).length).toBeGreaterThan(0);
      await files.remove!(its, listed.key);
      await expect(files.remove!(its, listed.key)).resolves.toBeUndefined();
    });

    test("a conversion under way is asked for again until it is there", async () => {
      const slow = await findFile((file) => file.quirk === "slow-conversion");
      const input = { orderNumber: slow.order, fileKey: slow.uuid, fileName: slow.name, format: "stl" } as const;
      expect((await meditlink.files!.locate(session(), input)).ready).toBe(false);
      expect((await ready(() => meditlink.files!.locate(session(), input))).manifest).not.toEqual([]);
    });

    async function findFile(wanted: (content: { quirk?: string }) => boolean) {
      for (const order of sandbox.world.ordersOf(groupOf(LAB)))
        for (const file of sandbox.world.cases.get(order.orderCase)!.files)
          if (wanted(file.content as { quirk?: string })) return { order: String(order.number), ...file };
      throw new Error("no such file in the sandbox");
    }
  },
});

describe("MeditLink's tokens", () => {
  test("with addresses of one's own there is one authorization server: China's would be another vendor's", () => {
    expect(auth.servers().map(({ id, apiUrl }) => [id, apiUrl])).toEqual([["meditlink", sandbox.meditlinkApi]]);
  });

  test("§1.2.1, §1.4, §1.3: a code becomes tokens, they are renewed and checked", async () => {
    const issued = await signIn(LAB);
    expect(issued.scopes).toContain("ORDER");
    expect(issued.accessExpiresAt.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
    const renewed = await auth.refresh(server(), issued.refreshToken!);
    const checked = await auth.checkToken!(server(), renewed.accessToken);
    expect(checked.active).toBe(true);
    expect(checked.refreshExpiresAt!.getTime()).toBeGreaterThan(Date.now());
    expect((await auth.checkToken!(server(), "00000000-0000-4000-8000-000000000000")).active).toBe(false);
  });

  test("F04: a refresh token that is dead for good is told as such", async () => {
    const dead = auth.refresh(server(), "00000000-0000-4000-8000-000000000000");
    await expect(dead).rejects.toMatchObject({ kind: "credentials", status: 400 });
  });

  test("§1.2.3: the password grant works where it is allowed, and refuses a wrong password", async () => {
    const tokens = await auth.passwordGrant!(server(), { username: LAB, password: PASSWORD });
    expect((await meditlinkSession(tokens.accessToken)).groupKey).toBe(groupOf(LAB));
    const wrong = auth.passwordGrant!(server(), { username: LAB, password: "wrong" });
    await expect(wrong).rejects.toMatchObject({ kind: "credentials" });
  });

  test("a user in no organisation cannot be connected", async () => {
    const { accessToken } = await signIn("solo@freelance.example");
    await expect(meditlinkSession(accessToken)).rejects.toMatchObject({ code: "no_group" });
  });

  test("a code is good once", async () => {
    const code = (await consent(sandbox, LAB)).searchParams.get("code")!;
    const input = { code, redirectUri: CALLBACK, codeVerifier: null };
    await auth.exchangeCode(server(), input);
    await expect(auth.exchangeCode(server(), input)).rejects.toMatchObject({ kind: "credentials" });
  });
});

const cadmusAuth = cadmus.auth as PasswordAuth;
describeConnector("Cadmus", {
  vendor: cadmus,
  api: "cadmus-api",
  sandbox: () => sandbox,
  newToken: async () => (await cadmusAuth.signIn({ email: CADMUS, password: PASSWORD })).accessToken,
  sessionOf: async (accessToken) => ({
    connectionId: "c",
    organisationId: "o",
    baseUrl: cadmusAuth.baseUrl(),
    accessToken,
    groupKey: null,
    region: "default",
  }),
  truth: () =>
    [...sandbox.world.cadmusCases.values()].filter((one) => one.organizationId === 3).map((one) => String(one.id)),
  more({ session }) {
    test("the token lives 8 hours", async () => {
      const { accessExpiresAt } = await cadmusAuth.signIn({ email: CADMUS, password: PASSWORD });
      expect(Math.round((accessExpiresAt.getTime() - Date.now()) / 60_000)).toBe(480);
    });

    test("F04: a wrong password is told as such", async () => {
      await expect(cadmusAuth.signIn({ email: CADMUS, password: "no" })).rejects.toMatchObject({ kind: "credentials" });
    });

    test("one case is read again by the day it was created", async () => {
      const { orders } = await cadmus.orders!.page(session(), {
        from: new Date(0),
        to: new Date(),
        page: 0,
        pageSize: 20,
      });
      const order = orders.at(-1)!;
      expect(await cadmus.orders!.get(session(), order.number, order.receivedAt)).toEqual(order);
    });

    test("cases of every shape have patient, clinic, teeth and scans with a jaw", async () => {
      const { orders } = await cadmus.orders!.page(session(), {
        from: new Date(0),
        to: new Date(),
        page: 0,
        pageSize: 20,
      });
      expect(orders.every((order) => order.clinic !== null)).toBe(true);
      expect(orders.filter((order) => order.patient.patientName).length).toBeGreaterThan(15);
      const scans = orders.flatMap((order) => order.files!).filter((file) => file.kind === "scan");
      expect(scans.filter((file) => file.jaw !== "other").length).toBeGreaterThan(scans.length * 0.9);
      expect(orders.flatMap((order) => order.restorations).filter((one) => one.tooth).length).toBeGreaterThan(10);
    });

    test("the order form is a PDF; a case without one says so", async () => {
      const { orders } = await cadmus.orders!.page(session(), {
        from: new Date(0),
        to: new Date(),
        page: 0,
        pageSize: 20,
      });
      const has = (wanted: boolean) =>
        orders.find((order) => order.files!.some((file) => file.kind === "order_form") === wanted)?.number;
      const located = await ready(() => cadmus.files!.orderForm!(session(), has(true)!));
      expect((await fetchLocated(located)).subarray(0, 5).toString()).toBe("%PDF-");
      const none = [...sandbox.world.cadmusCases.values()].find((one) => one.organizationId === 3 && !one.orderForm);
      if (none) {
        const missing = cadmus.files!.orderForm!(session(), String(none.id));
        await expect(missing).rejects.toMatchObject({ kind: "not_found" });
      }
    });

    test("portals are resolved to names, axes and bits", async () => {
      const portals = await cadmus.portals!(session());
      expect(portals.find((portal) => portal.key === "portal:2")).toMatchObject({
        name: "3Shape Communicate",
        axes: ["x", "-z", "y"],
        quantizationBits: 11,
      });
      expect(portals.find((portal) => portal.key === "configured:7")?.name).toBe("OneLab Medit");
    });
  },
});
