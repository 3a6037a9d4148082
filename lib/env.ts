import { resolve } from "node:path";
import { z } from "zod";

/** A start-stopping problem with the settings: one line per setting, each with its name and an example. */
export class SettingsError extends Error {
  override name = "SettingsError";
  readonly problems: { setting: string; reason: string; example: string }[];

  constructor(problems: { setting: string; reason: string; example: string }[]) {
    super(problems.map((p) => `${p.setting}: ${p.reason} (example: ${p.setting}=${p.example})`).join("\n"));
    this.problems = problems;
  }
}

const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .transform((url) => url.replace(/\/+$/, ""));
const flag = z
  .enum(["true", "false", "1", "0", "yes", "no"], { error: "must be true or false" })
  .transform((v) => v === "true" || v === "1" || v === "yes");
const list = z.string().transform((v) =>
  v
    .split(/[\s,]+/)
    .map((s) => s.trim())
    .filter(Boolean),
);

/** Every setting of the portal: its check and an example that is also the line of `.env.example`. */
export const SETTINGS = {
  PORTAL_URL: { schema: httpUrl.optional(), example: "http://localhost:3000" },
  PORT: { schema: z.coerce.number().int().min(1).max(65535).default(3000), example: "3000" },
  HOST: { schema: z.string().min(1).default("127.0.0.1"), example: "127.0.0.1" },
  DATA_DIR: { schema: z.string().min(1).default("./data"), example: "./data" },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }).optional(),
    example: "postgresql://casebench:secret@db.example:5432/casebench",
  },
  OBJECT_STORE_URL: {
    schema: z.url({ protocol: /^s3$/, error: "must be an s3:// address" }).optional(),
    example: "s3://casebench?endpoint=https://s3.example&region=eu-central-1",
  },
  NEXTAUTH_SECRET: {
    schema: z.string().min(32, "must have at least 32 characters").optional(),
    example: "a-long-random-text-of-at-least-32-characters",
  },
  SEALING_KEYS: {
    schema: z
      .string()
      .regex(
        /^[\w-]{1,32}:[A-Za-z0-9+/]{43}=(,[\w-]{1,32}:[A-Za-z0-9+/]{43}=)*$/,
        "must be id:base64 of 32 bytes, comma separated",
      )
      .optional(),
    example: "k1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
  },
  MEDITLINK_AUTH_URL: {
    schema: httpUrl.default("https://openapi-auth.meditlink.com"),
    example: "https://openapi-auth.meditlink.com",
  },
  MEDITLINK_API_URL: {
    schema: httpUrl.default("https://openapi-resources.meditlink.com"),
    example: "https://openapi-resources.meditlink.com",
  },
  MEDITLINK_CLIENT_ID: { schema: z.string().min(1).optional(), example: "oYYDFeocxR24zSJtuHuSCVvljrJGP8gx" },
  MEDITLINK_CLIENT_SECRET: { schema: z.string().min(1).optional(), example: "SGBb3Fa0EsRklPd0DrC02pFV7jsUVwEv" },
  MEDITLINK_SCOPES: {
    schema: list.default(["USER", "GROUP", "CASE", "FILE", "ORDER"]),
    example: "USER GROUP CASE FILE ORDER",
  },
  MEDITLINK_REGIONS: {
    schema: z
      .string()
      .transform((text) =>
        text
          .toLowerCase()
          .split(/[\s,]+/)
          .filter(Boolean),
      )
      .pipe(z.array(z.enum(["com", "cn", "stage"], { error: "must be com, cn or stage" })).min(1))
      .optional(),
    example: "com cn stage",
  },
  MEDITLINK_CN_AUTH_URL: { schema: httpUrl.optional(), example: "https://openapi-auth.meditlink.cn" },
  MEDITLINK_CN_API_URL: { schema: httpUrl.optional(), example: "https://openapi-resources.meditlink.cn" },
  MEDITLINK_CN_CLIENT_ID: { schema: z.string().min(1).optional(), example: "oYYDFeocxR24zSJtuHuSCVvljrJGP8gx" },
  MEDITLINK_CN_CLIENT_SECRET: { schema: z.string().min(1).optional(), example: "SGBb3Fa0EsRklPd0DrC02pFV7jsUVwEv" },
  MEDITLINK_STAGE_AUTH_URL: { schema: httpUrl.optional(), example: "https://stage-openapi-auth.meditlink.com" },
  MEDITLINK_STAGE_API_URL: { schema: httpUrl.optional(), example: "https://stage-openapi-resources.meditlink.com" },
  MEDITLINK_STAGE_CLIENT_ID: { schema: z.string().min(1).optional(), example: "oYYDFeocxR24zSJtuHuSCVvljrJGP8gx" },
  MEDITLINK_STAGE_CLIENT_SECRET: { schema: z.string().min(1).optional(), example: "SGBb3Fa0EsRklPd0DrC02pFV7jsUVwEv" },
  MEDITLINK_ALLOW_PASSWORD_GRANT: { schema: flag.default(false), example: "false" },
  CADMUS_API_URL: { schema: httpUrl.default("https://api.cadmuslabs.nl"), example: "https://api.cadmuslabs.nl" },
  OPEN_DENTAL_API_URL: {
    schema: httpUrl.default("https://api.opendental.com/api/v1"),
    example: "https://api.opendental.com/api/v1",
  },
  OPEN_DENTAL_OFFICE_URLS: {
    schema: list.pipe(z.array(httpUrl)).default([]),
    example: "http://od-server.example:30223/api/v1",
  },
  OPEN_DENTAL_DEVELOPER_KEY: { schema: z.string().min(1).optional(), example: "NFF6i0KrXrxDkZHt" },
  MEDISYNC_API_URL: { schema: httpUrl.default("https://app.medisync.me/api"), example: "https://app.medisync.me/api" },
  MEDISYNC_SEND_UID: { schema: flag.default(false), example: "false" },
  SFTP_DROP_HOST: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9.-]+$/, "must be a host name")
      .optional(),
    example: "files.lab.example",
  },
  SFTP_DROP_PORT: { schema: z.coerce.number().int().min(1).max(65535).default(2222), example: "2222" },
  ALLOWED_DOWNLOAD_HOSTS: { schema: list.default([]), example: "storage.example:9000" },
  SANDBOX: { schema: flag.optional(), example: "false" },
  SMTP_URL: {
    schema: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// address" }).optional(),
    example: "smtp://user:secret@mail.example:587",
  },
  MAIL_FROM: {
    schema: z.string().min(3).default("Casebench <casebench@localhost>"),
    example: "Casebench <no-reply@lab.example>",
  },
  LOG_LEVEL: {
    schema: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    example: "info",
  },
} as const;

const schema = z.object(
  Object.fromEntries(Object.entries(SETTINGS).map(([name, s]) => [name, s.schema])) as {
    [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K]["schema"];
  },
);

type Checked = z.infer<typeof schema>;
export type Env = Checked & {
  /** Public origin without a trailing slash. */
  PORTAL_URL: string;
  /** Absolute path. */
  DATA_DIR: string;
  /** True when the sandbox vendors serve this portal. */
  SANDBOX: boolean;
};

const VENDOR_SETTINGS = [
  "MEDITLINK_AUTH_URL",
  "MEDITLINK_API_URL",
  "MEDITLINK_CLIENT_ID",
  "MEDITLINK_CN_CLIENT_ID",
  "MEDITLINK_STAGE_CLIENT_ID",
  "CADMUS_API_URL",
  "OPEN_DENTAL_API_URL",
  "OPEN_DENTAL_DEVELOPER_KEY",
  "MEDISYNC_API_URL",
] as const;

const CLIENTS = [
  ["MEDITLINK_CLIENT_ID", "MEDITLINK_CLIENT_SECRET"],
  ["MEDITLINK_CN_CLIENT_ID", "MEDITLINK_CN_CLIENT_SECRET"],
  ["MEDITLINK_STAGE_CLIENT_ID", "MEDITLINK_STAGE_CLIENT_SECRET"],
] as const;

/**
 * Checks the settings and fills the defaults. An empty value counts as absent.
 * @throws {SettingsError} naming every bad setting at once
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(
    Object.keys(SETTINGS)
      .map((name) => [name, source[name]])
      .filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => problemOf(String(issue.path[0]), issue.message));
  for (const [one, other] of CLIENTS)
    if (Boolean(given[one]) !== Boolean(given[other])) {
      const [missing, there] = given[one] ? [other, one] : [one, other];
      problems.push(problemOf(missing, `is needed together with ${there}`));
    }
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  const checked = parsed.data;
  return {
    ...checked,
    PORTAL_URL: checked.PORTAL_URL ?? `http://localhost:${checked.PORT}`,
    DATA_DIR: resolve(checked.DATA_DIR),
    SANDBOX: checked.SANDBOX ?? !VENDOR_SETTINGS.some((name) => name in given),
  };
}

function problemOf(setting: string, reason: string): { setting: string; reason: string; example: string } {
  return { setting, reason, example: SETTINGS[setting as keyof typeof SETTINGS]?.example ?? "" };
}

let memo: Env | undefined;
/** The settings of this process, checked once. @throws {SettingsError} */
export function env(): Env {
  memo ??= readEnv();
  return memo;
}

/** What tests alone may be told. */
const testSchema = z.object({
  /** With how many seeds each fault test that draws lots is run. */
  FAULT_SEEDS: z.coerce.number().int().min(1).max(10_000).default(2),
  /** A folder with real scans. */
  SANDBOX_SCANS_DIR: z.string().min(1).optional(),
});

/** The settings of a test run. @throws {z.ZodError} */
export function testEnv(): z.infer<typeof testSchema> {
  const { FAULT_SEEDS, SANDBOX_SCANS_DIR } = process.env;
  return testSchema.parse({ FAULT_SEEDS: FAULT_SEEDS || undefined, SANDBOX_SCANS_DIR: SANDBOX_SCANS_DIR || undefined });
}

/** The build phase imports route modules without any setting: nothing may be opened then. */
export function isBuildPhase(): boolean {
  return process.env.NEXT_PHASE === "phase-production-build";
}
