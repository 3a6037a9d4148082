import pino from "pino";
import { isBuildPhase, readEnv } from "#lib/env.ts";

/**
 * The log of this process: one JSON line per entry. Ids, codes and counts only; never names, tokens, addresses with a query
 * or a vendor's own text. Known places of secrets are struck out as a second lock.
 */
export const log = pino({
  level: isBuildPhase() ? "silent" : readEnv().LOG_LEVEL,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [
      "*.password",
      "*.token",
      "*.accessToken",
      "*.refreshToken",
      "*.authorization",
      "*.cookie",
      "*.url",
      "*.email",
      "*.headers",
    ],
    censor: "[struck out]",
  },
  serializers: { err: describeError },
});

/** An error as the log shows it: its name, code, our own message, where it was thrown, and its causes' names. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code =
    "code" in error && (typeof error.code === "string" || typeof error.code === "number") ? error.code : undefined;
  return {
    name: error.name,
    code,
    message: OURS.has(error.name) ? error.message : undefined,
    stack: error.stack
      ?.split("\n")
      .filter((line) => line.startsWith("    at "))
      .slice(0, 8)
      .map((line) => line.trim()),
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}

/** Errors whose messages are written by us and hold no data of patients or vendors; library messages may quote values. */
const OURS = new Set(["AppError", "VendorError", "SealError", "ScanError", "MeshError", "SettingsError"]);
