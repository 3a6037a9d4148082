import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

// The native schema engine is downloaded by Prisma's CLI; ours answers the same protocol from the npm package instead.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL("./bin/schema-engine.mjs", import.meta.url));

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "pglite:memory://" },
});
