import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const written: string[] = [];
afterAll(() => {
  for (const path of written) rmSync(path, { recursive: true, force: true });
});

/** What the lint says of a file with this one line at this place. */
function lint(place: string, line: string): string {
  const folder = join(ROOT, dirname(place), "lint-bites");
  mkdirSync(folder, { recursive: true });
  written.push(folder);
  const file = join(folder, place.split("/").at(-1)!);
  writeFileSync(file, `${line}\n`);
  try {
    return execFileSync(join(ROOT, "node_modules/.bin/biome"), ["lint", "--max-diagnostics=20", file], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

describe("the lint bites when", () => {
  const forbidden: [string, string, string][] = [
    [
      "a route reaches for the database",
      "app/orders.ts",
      'import { database } from "#lib/database/database.ts";\nconsole.log(database);',
    ],
    [
      "a route speaks to a vendor",
      "app/orders.ts",
      'import { findVendor } from "#lib/vendors/registry.ts";\nconsole.log(findVendor);',
    ],
    ["a page draws with three itself", "app/orders.tsx", 'import * as three from "three";\nconsole.log(three);'],
    [
      "a component reaches for the database",
      "components/orders.tsx",
      'import { database } from "#lib/database/database.ts";\nconsole.log(database);',
    ],
    [
      "a connector reads orders",
      "lib/vendors/x.ts",
      'import { listOrders } from "#lib/orders/list-orders.ts";\nconsole.log(listOrders);',
    ],
    ["lib/mesh imports something of ours", "lib/mesh/x.ts", 'import { env } from "#lib/env.ts";\nconsole.log(env);'],
    ["the sandbox shares our code", "e2e/sandbox/x.ts", 'import { env } from "#lib/env.ts";\nconsole.log(env);'],
  ];
  it.each(forbidden)("%s", (_title, place, line) => {
    expect(lint(place, line)).toContain("noRestrictedImports");
  });

  it("a setting is read anywhere but in lib/env.ts", () => {
    expect(lint("lib/x.ts", "console.log(process.env.PORT);")).toContain("noProcessEnv");
  });

  it("a type is given up", () => {
    expect(lint("lib/x.ts", "export const x = (y: any) => y;")).toContain("noExplicitAny");
  });

  it("and stays silent on what is allowed", () => {
    expect(
      lint(
        "components/orders.tsx",
        'import { orderSchema } from "#lib/orders/order-schema.ts";\nconsole.log(orderSchema);',
      ),
    ).not.toContain("noRestrictedImports");
    expect(lint("lib/mesh/x.ts", 'import { weld } from "#lib/mesh/weld.ts";\nconsole.log(weld);')).not.toContain(
      "noRestrictedImports",
    );
  });
});
