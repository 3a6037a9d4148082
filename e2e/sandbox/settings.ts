/** The sandbox's settings: what the environment (or a test) decides once, at start. */

export interface SandboxOptions {
  /** First of eight consecutive ports (auth, API, storage, Cadmus API, Cadmus storage, control, Open Dental, MediSync); 0 takes free ones. */
  port?: number;
  /** Folder in which decisions, tokens and archives survive a restart; absent → memory and a temporary folder. */
  stateDir?: string;
  /** Origin of the portal whose callbacks are registered redirect URIs. */
  portalUrl?: string;
  /** Folder with real scans (PLY, STL, OBJ, one 7z with the 25 MB OBJ); absent → generated arches only. */
  scansDir?: string;
  /** MeditLink orders of the main lab. */
  orders?: number;
  /** Triangles of a generated jaw. */
  triangles?: number;
  /** The time, UTC epoch ms; tests that need a standing clock pass their own. */
  now?: () => number;
}

export type ResolvedOptions = Required<Pick<SandboxOptions, "port" | "portalUrl" | "orders" | "triangles" | "now">> &
  Pick<SandboxOptions, "stateDir" | "scansDir">;

/** The one registered MeditLink client. The id is 32 alphanumerics as the guide says (§1.1.1); the secret has
 * characters that only survive a plain `base64(id:secret)`, so a client that form-encodes it first is found out. */
export const CLIENT_ID = "Sb7xQm2KfT9cVwR4hLpZ8nYd3GjUa6Es";
export const CLIENT_SECRET = "k+7/Pq:w9Zt+Xc2/Lm8:Rb4+Hn6/Vj1s";

/** Scope names as Casebench assumes them; the two *_MANAGE names are not in the guide's recovered text. */
export const SCOPES = ["USER", "GROUP", "CASE", "FILE", "ORDER", "FILE_MANAGE", "ORDER_MANAGE"] as const;

export const PASSWORD = "sandbox";

export function resolveOptions(options: SandboxOptions): ResolvedOptions {
  return {
    port: options.port ?? 4010,
    portalUrl: (options.portalUrl ?? "http://localhost:3000").replace(/\/+$/, ""),
    orders: options.orders ?? 200,
    triangles: options.triangles ?? 8_000,
    now: options.now ?? Date.now,
    stateDir: options.stateDir,
    scansDir: options.scansDir,
  };
}

/** Reads the settings of a sandbox started as a process; throws with the setting's name when one is unusable. */
export function optionsFromEnvironment(env: NodeJS.ProcessEnv): SandboxOptions {
  return {
    port: wholeNumber(env, "SANDBOX_PORT", 4010, 65_530),
    stateDir: env.SANDBOX_STATE_DIR || undefined,
    portalUrl: env.SANDBOX_PORTAL_URL || undefined,
    scansDir: env.SANDBOX_SCANS_DIR || undefined,
    orders: wholeNumber(env, "SANDBOX_ORDERS", 200, 1_000_000),
    triangles: wholeNumber(env, "SANDBOX_TRIANGLES", 8_000, 400_000),
  };
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, fallback: number, most: number): number {
  const text = env[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new Error(
      `${name} must be a whole number from 0 to ${most}, for example ${name}=${fallback}; it is "${text}"`,
    );
  }
  return value;
}

/** What the control port may change while the sandbox runs. Times as named. */
export interface LiveSettings {
  /** lenient: refreshing returns the same refresh token and old access tokens live on; strict: it rotates and reuse revokes the family. */
  refreshMode: "lenient" | "strict";
  accessTokenSeconds: number;
  refreshTokenSeconds: number;
  codeSeconds: number;
  /** Resource API calls per second and token before 429; 0 = no limit. */
  rateLimitPerSecond: number;
  searchLatencyMs: number;
  /** Orders of the caller that change right after each orders/search: what makes pages drift. May be a fraction. */
  churnPerSearch: number;
  cadmusTokenSeconds: number;
  /** How long a conversion takes for the files seeded as slow. */
  conversionDelayMs: number;
  /** How long post-processing of an upload takes before the file is in the case and the callback is sent. */
  uploadProcessingMs: number;
  /** Life of MeditLink download URLs; uploads live six times as long, Cadmus URLs three times (5, 30, 15 min). */
  signedUrlSeconds: number;
  /** What consent really grants; null grants what was asked for. */
  grantScopes: string | null;
  /** Answers and operations of Open Dental before 24.2, or since. */
  openDentalGeneration: "older" | "newer";
  /** UploadSftp answers as the guide prints it: with unescaped backslashes, which is no JSON. */
  openDentalIllegalJson: boolean;
  /** Factor on the documented pauses between calls; 0 switches the throttle off. */
  openDentalThrottle: number;
  medisyncTokenSeconds: number;
  /** How MediSync says that something is not there or is there already: all as 400, or by HTTP's own statuses. */
  medisyncErrors: "business" | "rest";
  /** Calls and uploads per hour; 0: as the subscription says. */
  medisyncCallsPerHour: number;
  medisyncUploadsPerHour: number;
  /** Exact registered redirect URIs. */
  redirectUris: string[];
}

export function defaultLiveSettings(portalUrl: string): LiveSettings {
  return {
    refreshMode: "lenient",
    accessTokenSeconds: 86_400,
    refreshTokenSeconds: 604_800,
    codeSeconds: 60,
    rateLimitPerSecond: 0,
    searchLatencyMs: 0,
    churnPerSearch: 0,
    cadmusTokenSeconds: 8 * 3600,
    conversionDelayMs: 1_000,
    uploadProcessingMs: 500,
    signedUrlSeconds: 300,
    grantScopes: null,
    openDentalGeneration: "newer",
    openDentalIllegalJson: false,
    openDentalThrottle: 1,
    medisyncTokenSeconds: 86_400,
    medisyncErrors: "business",
    medisyncCallsPerHour: 0,
    medisyncUploadsPerHour: 0,
    redirectUris: registeredRedirectUris(portalUrl),
  };
}

/** Four callback URLs at most per client (guide FAQ); the third is the guide's own example with a query. */
export function registeredRedirectUris(portalUrl: string): string[] {
  return [
    `${portalUrl}/api/oauth/meditlink/callback`,
    `${portalUrl}/api/oauth/meditlink-cn/callback`,
    "http://localhost/callback?me",
  ];
}
