import { z } from "zod";
import { env } from "#lib/env.ts";
import { TIME_ZONES } from "#lib/time-zones.ts";
import type { CredentialField } from "#lib/vendors/credential-field.ts";

const key = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{8,100}$/);

/** What an office gives: its customer key, and what nobody but the office knows about it. */
export const credentials = z
  .strictObject({
    customerKey: key,
    /** Where the portal has no developer key of its own. */
    developerKey: key.optional(),
    /** What the office's contract allows; nothing in the API tells it. */
    pace: z.enum(["usual", "enterprise"]).default("usual"),
    /** One of the addresses that the settings name; absent for the first. */
    address: z
      .string()
      .refine((address) => addresses().includes(address), "is not an address of the settings")
      .optional(),
    /** Where the office's clocks are: its times have no zone. Empty where the organisation itself is. */
    timeZone: z
      .string()
      .refine((zone) => zone === "" || TIME_ZONES.includes(zone), "is no time zone")
      .optional(),
  })
  .refine(({ developerKey }) => Boolean(developerKey ?? env().OPEN_DENTAL_DEVELOPER_KEY), {
    path: ["developerKey"],
    message: "is needed: the portal has none of its own",
  })
  .transform(
    (given): Record<string, string> =>
      Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : []))),
  );

export function fields(): CredentialField[] {
  const secret = (name: CredentialField["name"]): CredentialField => ({ name, kind: "secret", options: [] });
  const places = addresses().map((address) => ({ value: address, ...describe(address) }));
  const asked: CredentialField[] = [secret("customerKey")];
  if (!env().OPEN_DENTAL_DEVELOPER_KEY) asked.push(secret("developerKey"));
  if (places.length > 1) asked.push({ name: "address", kind: "choice", options: places });
  return [...asked, PACE, { name: "timeZone", kind: "zone", options: [] }];
}

const PACE: CredentialField = {
  name: "pace",
  kind: "choice",
  options: [
    { value: "usual", word: "usual", host: null },
    { value: "enterprise", word: "enterprise", host: null },
  ],
};

/** An address that a person typed could be any machine in reach of the portal: those that may be chosen stand in the settings. */
function addresses(): string[] {
  const { OPEN_DENTAL_API_URL, OPEN_DENTAL_OFFICE_URLS } = env();
  return [...new Set([OPEN_DENTAL_API_URL, ...OPEN_DENTAL_OFFICE_URLS])];
}

/** The local API of a workstation and the API service have ports of their own. */
function describe(address: string): { word: "remote" | "local" | "service"; host: string } {
  const { port, host } = new URL(address);
  return { word: port === "30222" ? "local" : port === "30223" ? "service" : "remote", host };
}

export function baseUrlOf({ address }: Record<string, string> = {}): string {
  if (address === undefined) return env().OPEN_DENTAL_API_URL;
  return addresses().find((known) => known === address) ?? "";
}

/** "customer", or "developer/customer" where the developer key is not the portal's. Keys have no slash. */
export function accessToken({ customerKey = "", developerKey }: Record<string, string>): string {
  return developerKey ? `${developerKey}/${customerKey}` : customerKey;
}

/** The office's key: calls are counted by it, whoever's developer key is beside it. */
export function customerKeyOf(token: string): string {
  return token.slice(token.indexOf("/") + 1);
}

/** "{developer key}/{customer key}", as the header has them. */
export function keysOf(token: string): string {
  return token.includes("/") ? token : `${env().OPEN_DENTAL_DEVELOPER_KEY ?? ""}/${token}`;
}
