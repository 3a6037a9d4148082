import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { OPERATIONS } from "#lib/api/operations.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SOURCES = globSync("{app,components,lib,prisma,bin,e2e}/**/*.{ts,tsx,mts}", { cwd: ROOT }).filter(
  (file) => !file.includes("lint-bites"),
);
const PRODUCT = SOURCES.filter((file) => !/\.test\.tsx?$/.test(file));
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** The files of ours that a file imports at run time (types vanish), as paths from the root. */
function importsOf(file: string): string[] {
  const found = read(file).matchAll(
    /^(?:import|export)\s+(?!type\b)[^;]*?from\s+"([#.][^"]+)"|^import\s+"([#.][^"]+)"/gm,
  );
  return [...found].map(([, from, bare]) => {
    const specifier = from ?? bare!;
    return specifier.startsWith("#")
      ? specifier.slice(1)
      : relative(ROOT, normalize(join(ROOT, dirname(file), specifier)));
  });
}

describe("the house", () => {
  it("has no import cycles", () => {
    const state = new Map<string, "open" | "done">();
    const cycles: string[] = [];
    const visit = (file: string, path: string[]) => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") return void cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      state.set(file, "open");
      for (const next of importsOf(file).filter((f) => PRODUCT.includes(f))) visit(next, [...path, file]);
      state.set(file, "done");
    };
    for (const file of PRODUCT) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("lets only the registry know which vendors there are", () => {
    const strangers = PRODUCT.filter((file) => !/^lib\/vendors\/(registry\.ts|[a-z-]+\/)/.test(file)).filter((file) =>
      importsOf(file).some((target) => /^lib\/vendors\/[a-z-]+\//.test(target)),
    );
    expect(strangers).toEqual([]);
  });

  it("lets no connector import another one", () => {
    const crossing = PRODUCT.flatMap((file) => {
      const own = /^lib\/vendors\/([a-z-]+)\//.exec(file)?.[1];
      return own
        ? importsOf(file)
            .filter((target) => /^lib\/vendors\/[a-z-]+\//.test(target) && !target.startsWith(`lib/vendors/${own}/`))
            .map((target) => `${file} → ${target}`)
        : [];
    });
    expect(crossing).toEqual([]);
  });

  it("compares no vendor's id outside its folder", () => {
    const comparing = PRODUCT.filter(
      (file) => /^(app|components|lib)\//.test(file) && !/^lib\/vendors\/[a-z-]+\//.test(file),
    ).filter((file) =>
      /[!=]==?\s*["'](meditlink|cadmus|open-dental|medisync)|["'](meditlink|cadmus|open-dental|medisync)["']\s*[!=]==?|case\s+["'](meditlink|cadmus)/.test(
        read(file),
      ),
    );
    expect(comparing).toEqual([]);
  });

  it("keeps routes under 40 lines, all through defineRoute or answering without input", () => {
    const routes = PRODUCT.filter((file) => /^app\/api\/.*route\.ts$/.test(file));
    expect(routes.length).toBeGreaterThan(10);
    expect(routes.filter((file) => read(file).split("\n").length > 40)).toEqual([]);
    const free = routes.filter((file) => !read(file).includes("defineRoute("));
    expect(free.sort()).toEqual([
      "app/api/auth/[...nextauth]/route.ts",
      "app/api/health/live/route.ts",
      "app/api/health/ready/route.ts",
      "app/api/metrics/route.ts",
      "app/api/openapi.json/route.ts",
    ]);
  });

  it("describes no operation that has no route", () => {
    const exported = new Set(
      PRODUCT.filter((file) => /^app\/api\/.*route\.ts$/.test(file)).flatMap((file) => {
        const path = `/${dirname(file).slice("app/".length)}`.replace(/\[\.{0,3}(\w+)\]/g, "{$1}");
        return [...read(file).matchAll(/export (?:const|function|async function) (GET|POST|PUT|PATCH|DELETE)\b/g)].map(
          ([, method]) => `${method} ${path}`,
        );
      }),
    );
    const described = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
    expect(described.filter((operation) => !exported.has(operation))).toEqual([]);
  });
});
