#!/usr/bin/env node
// Prisma's schema engine without its native binary: the same CLI and JSON-RPC (stdio) protocol,
// answered by @prisma/schema-engine-wasm through a driver adapter (PostgreSQL or PGlite).
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { parseIntoClientConfig } from "pg-connection-string";

const { values: opt, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: "string", short: "d", multiple: true },
    datasource: { type: "string" },
    version: { type: "boolean" },
  },
});
if (opt.version) {
  console.log("schema-engine-wasm");
  process.exit(0);
}
const ds = opt.datasource ? JSON.parse(opt.datasource) : {};
const isLite = ds.url?.startsWith("pglite:");
const log = (level, message, extra = {}) =>
  process.stderr.write(
    `${JSON.stringify({ timestamp: new Date().toISOString(), level, fields: { message, ...extra }, target: "schema_engine::logger" })}\n`,
  );

const clientConfig = (url) => {
  const { schema: _, ...c } = parseIntoClientConfig(url);
  return { ...c, max: 1 };
};
const schemaOf = (url) => new URL(url).searchParams.get("schema") ?? undefined;

async function openPg(config, schema, after) {
  const pool = new pg.Pool(config); // one connection: advisory lock and session state stay put
  const a = await new PrismaPg(pool, { schema }).connect();
  const fix = (q) => {
    // "char" (oid 18) columns of the catalogue, which adapter-pg 7.10 rejects
    const io = q.performIO.bind(q);
    q.performIO = async (x) => {
      const r = await io(x);
      for (const f of r.fields ?? []) if (f.dataTypeID === 18) f.dataTypeID = 1042;
      return r;
    };
    return q;
  };
  fix(a);
  const start = a.startTransaction.bind(a);
  a.startTransaction = async (level) => fix(await start(level));
  // a whole script on one connection; the stock method splits at every ";"
  a.executeScript = async (sql) => {
    try {
      await pool.query(sql);
    } catch (e) {
      a.onError(e);
    }
  };
  a.dispose = async () => {
    await pool.end();
    await after?.();
  };
  return a;
}
async function openLite(dir) {
  const { PGlite } = await import("@electric-sql/pglite");
  const { PrismaPGlite } = await import("pglite-prisma-adapter");
  const db = await PGlite.create(dir);
  const a = await new PrismaPGlite(db).connect();
  a.executeScript = async (sql) => {
    try {
      await db.exec(sql);
    } catch (e) {
      await db.exec("ROLLBACK").catch(() => {});
      throw new DriverAdapterError({
        kind: "postgres",
        code: e.code ?? "XX000",
        severity: e.severity ?? "ERROR",
        message: e.message,
        detail: e.detail,
        column: e.column,
        hint: e.hint,
      });
    }
  };
  a.dispose = () => db.close();
  return a;
}
const factory = isLite
  ? {
      provider: "postgres",
      adapterName: "pglite",
      connect: () => openLite(ds.url.slice(7)),
      connectToShadowDb: () => openLite("memory://"),
    }
  : {
      provider: "postgres",
      adapterName: "@prisma/adapter-pg",
      connect: () => openPg(clientConfig(ds.url), schemaOf(ds.url)),
      async connectToShadowDb() {
        const shadow = process.env.SHADOW_DATABASE_URL ?? ds.shadowDatabaseUrl;
        if (shadow === "pglite:") return openLite("memory://");
        if (shadow) return openPg(clientConfig(shadow), schemaOf(shadow));
        const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
        const admin = new pg.Client(clientConfig(ds.url));
        await admin.connect();
        await admin.query(`CREATE DATABASE "${database}"`);
        return openPg({ ...clientConfig(ds.url), database }, schemaOf(ds.url), async () => {
          await admin.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
          await admin.end();
        });
      },
    };

if (positionals[0] === "cli") {
  // can-connect-to-database | create-database | drop-database
  log("INFO", "Starting schema engine CLI"); // the Prisma CLI drops the first line
  if (isLite) process.exit(0);
  const c = clientConfig(ds.url);
  const admin = positionals[1] === "can-connect-to-database" ? c : { ...c, database: "postgres" };
  const q = `"${c.database.replaceAll('"', '""')}"`;
  try {
    const client = new pg.Client(admin);
    await client.connect();
    if (positionals[1] === "create-database") await client.query(`CREATE DATABASE ${q}`);
    if (positionals[1] === "drop-database") await client.query(`DROP DATABASE IF EXISTS ${q}`);
    await client.end();
    process.exit(0);
  } catch (e) {
    log("ERROR", e.message || String(e.code), {
      error_code: { "3D000": "P1003", "28P01": "P1000", "42P04": "P1009" }[e.code] ?? "P1001",
    });
    process.exit(1);
  }
}

const send = (o) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...o })}\n`);
const acks = new Map();
let printId = 0;
let loading;
const load = () =>
  (loading ??= (async () => {
    const bg = await import("@prisma/schema-engine-wasm/schema_engine_bg");
    const file = createRequire(import.meta.url)
      .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
      .replace(/\.js$/, ".wasm");
    const { instance } = await WebAssembly.instantiate(await readFile(file), { "./schema_engine_bg.js": bg });
    bg.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    const datamodels = opt.datamodels?.length
      ? await Promise.all(opt.datamodels.map(async (p) => [p, await readFile(p, "utf8")]))
      : undefined;
    const bound = bindMigrationAwareSqlAdapterFactory(factory);
    try {
      return { engine: await bg.SchemaEngine.new({ datamodels }, () => {}, bound), registry: bound.errorRegistry };
    } catch (e) {
      throw bound.errorRegistry.lookupError?.(e)?.error ?? e;
    }
  })());
async function handle({ id, method, params }) {
  try {
    const { engine } = await load();
    let result = await engine[method === "getDatabaseVersion" ? "version" : method](params);
    if (method === "diff") {
      // the native engine asks the CLI to print
      const { stdout, ...rest } = result;
      if (stdout)
        await new Promise((done) => {
          acks.set(++printId, done);
          send({ id: printId, method: "print", params: { content: stdout.replace(/\n$/, "") } });
        });
      result = rest;
    }
    send({ id, result: result ?? null });
  } catch (e) {
    const { registry } = (await loading?.catch(() => null)) ?? {};
    const err = registry?.lookupError?.(e)?.error ?? e;
    send({
      id,
      error: {
        code: 4466,
        message: "schema engine error",
        data: { is_panic: false, message: err?.message ?? String(err), meta: {}, error_code: err?.code ?? null },
      },
    });
  }
}
let chain = Promise.resolve();
const rl = createInterface({ input: process.stdin });
rl.on("line", (line) => {
  if (!line.trim()) return;
  const m = JSON.parse(line);
  if (m.method) chain = chain.then(() => handle(m));
  else {
    acks.get(m.id)?.();
    acks.delete(m.id);
  }
});
rl.on("close", () => chain.then(() => process.exit(0)));
process.on("SIGTERM", () => process.exit(0));
