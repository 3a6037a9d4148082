import { setTimeout as delay } from "node:timers/promises";
import type { Env } from "#lib/env.ts";

const COMPLAIN_AFTER_MS = 30_000;

/**
 * Resolves when the portal says that it is ready. While it does not, says once what it answers: the processes go on being
 * restarted meanwhile, so there is nothing to give up on.
 */
export async function waitUntilReady(settings: Env, complain: (sentence: string) => void): Promise<void> {
  const host = settings.HOST === "0.0.0.0" || settings.HOST === "::" ? "127.0.0.1" : settings.HOST;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${settings.PORT}/api/health/ready`;
  const startedAt = Date.now();
  for (let complained = false; ; await delay(100)) {
    const answer = await askHealth(url);
    if (answer === "ready") return;
    if (!complained && Date.now() - startedAt > COMPLAIN_AFTER_MS) {
      complain(`The portal is not ready yet (${answer}); still trying.`);
      complained = true;
    }
  }
}

async function askHealth(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    return response.ok ? "ready" : `${url} answers ${response.status}`;
  } catch {
    return "the web process does not answer";
  }
}
