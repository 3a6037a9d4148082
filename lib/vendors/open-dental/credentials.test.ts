import { beforeAll, expect, test } from "vitest";
import { openDental } from "#lib/vendors/open-dental/connector.ts";
import {
  accessToken,
  baseUrlOf,
  credentials,
  customerKeyOf,
  fields,
  keysOf,
} from "#lib/vendors/open-dental/credentials.ts";
import type { KeyAuth } from "#lib/vendors/vendor-auth.ts";

const OFFICE = "http://od-server.example:30223/api/v1";
const REMOTE = "https://api.opendental.com/api/v1";
const DEVELOPER = "DevKey0000000001";
const CUSTOMER = "CustKey000000001";

beforeAll(() => {
  Object.assign(process.env, { OPEN_DENTAL_OFFICE_URLS: OFFICE });
});

test("a portal without a developer key asks each office for one, and sends it beside the customer key", () => {
  expect(fields().map(({ name }) => name)).toEqual(["customerKey", "developerKey", "address", "pace", "timeZone"]);
  expect(credentials.safeParse({ customerKey: CUSTOMER }).error?.issues).toMatchObject([{ path: ["developerKey"] }]);
  const given = credentials.parse({ customerKey: CUSTOMER, developerKey: DEVELOPER });
  const token = accessToken(given);
  expect(keysOf(token)).toBe(`${DEVELOPER}/${CUSTOMER}`);
  expect(customerKeyOf(token)).toBe(CUSTOMER);
});

test("calls of one office are counted together, whoever's developer key is used", () => {
  expect(customerKeyOf(accessToken({ customerKey: CUSTOMER }))).toBe(CUSTOMER);
  expect(customerKeyOf(accessToken({ customerKey: CUSTOMER, developerKey: DEVELOPER }))).toBe(CUSTOMER);
});

test("an office chooses among the addresses of the settings, and no other", () => {
  const keys = { customerKey: CUSTOMER, developerKey: DEVELOPER };
  const options = fields().find(({ name }) => name === "address")?.options;
  expect(options?.map(({ value, word }) => [value, word])).toEqual([
    [REMOTE, "remote"],
    [OFFICE, "service"],
  ]);
  expect(baseUrlOf(credentials.parse({ ...keys, address: OFFICE }))).toBe(OFFICE);
  expect(baseUrlOf(credentials.parse(keys))).toBe(REMOTE);
  expect(credentials.safeParse({ ...keys, address: "http://169.254.169.254/latest" }).success).toBe(false);
  expect(baseUrlOf({ address: "http://no-longer-named.example/api/v1" })).toBe("");
});

test("F31: an office elsewhere says where its clocks are; without a word they are the organisation's", () => {
  const keys = { customerKey: CUSTOMER, developerKey: DEVELOPER };
  const { timeZoneOf } = openDental.auth as KeyAuth;
  expect(timeZoneOf(credentials.parse({ ...keys, timeZone: "America/Denver" }))).toBe("America/Denver");
  expect(timeZoneOf(credentials.parse({ ...keys, timeZone: "" }))).toBeNull();
  expect(timeZoneOf(credentials.parse(keys))).toBeNull();
  expect(credentials.safeParse({ ...keys, timeZone: "Mars/Olympus" }).success).toBe(false);
});
