import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readEnv, SETTINGS, SettingsError } from "./env.ts";

describe("the settings", () => {
  it("have defaults for everything, with the sandbox vendors on while no vendor is configured", () => {
    expect(readEnv({})).toMatchObject({ PORT: 3000, PORTAL_URL: "http://localhost:3000", SANDBOX: true });
    expect(readEnv({ PORT: "4000" }).PORTAL_URL).toBe("http://localhost:4000");
    expect(readEnv({ CADMUS_API_URL: "https://cadmus.example" }).SANDBOX).toBe(false);
    expect(readEnv({ CADMUS_API_URL: "https://cadmus.example", SANDBOX: "true" }).SANDBOX).toBe(true);
  });

  it("that are wrong are named all at once, each with an example", () => {
    try {
      readEnv({ PORT: "many", PORTAL_URL: "ftp://x", DATABASE_URL: "mysql://x", SEALING_KEYS: "short" });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SettingsError);
      expect((error as SettingsError).problems.map((p) => p.setting).sort()).toEqual([
        "DATABASE_URL",
        "PORT",
        "PORTAL_URL",
        "SEALING_KEYS",
      ]);
      expect((error as SettingsError).message).toContain("PORT=3000");
    }
  });

  it("ask for a client secret beside a client id", () => {
    expect(() => readEnv({ MEDITLINK_CLIENT_ID: "abc" })).toThrow(/MEDITLINK_CLIENT_SECRET/);
  });

  it("each accept their own example", () => {
    for (const [name, { example }] of Object.entries(SETTINGS)) {
      const [, client, half] = /^(\w+_CLIENT_)(ID|SECRET)$/.exec(name) ?? [];
      const beside = client ? { [`${client}${half === "ID" ? "SECRET" : "ID"}`]: "x" } : {};
      expect(() => readEnv({ [name]: example, ...beside }), name).not.toThrow();
    }
  });

  it("stand in .env.example, all of them and no others, with the examples checked here", () => {
    const lines = readFileSync(new URL("../.env.example", import.meta.url), "utf8").split("\n");
    const shown = lines.flatMap(
      (line) => (/^# ([A-Z_]+)=(.*)$/.exec(line)?.slice(1, 3) as [string, string] | undefined) ?? [],
    );
    const pairs = Object.fromEntries(
      Array.from({ length: shown.length / 2 }, (_, i) => [shown[2 * i], shown[2 * i + 1]!.replace(/^"|"$/g, "")]),
    );
    expect(pairs).toEqual(Object.fromEntries(Object.entries(SETTINGS).map(([name, s]) => [name, s.example])));
  });
});
