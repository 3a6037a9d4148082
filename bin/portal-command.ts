import { parseArgs } from "node:util";
import { generateDatabaseClient } from "./build-portal.ts";
import { addApiKey } from "./commands/add-api-key.ts";
import { addUser } from "./commands/add-user.ts";
import { bootstrap } from "./commands/bootstrap.ts";
import type { Command, CommandValues } from "./commands/command.ts";
import { doctor } from "./commands/doctor.ts";
import { rotateKeysCommand } from "./commands/rotate-keys.ts";
import { sync } from "./commands/sync.ts";
import { verifyAuditTrail } from "./commands/verify-audit.ts";
import { DataDirInUseError } from "./embedded-database.ts";
import { openDatabase } from "./open-database.ts";
import { ensureDataDir, processEnvironment, readSettings, recordedSandbox } from "./runtime-settings.ts";
import { StartProblem } from "./start-problem.ts";

// `npm run portal -- <command> …`: the administrator's commands, beside a running portal or without one. With --json, stdout gets
// one line of JSON and nothing else; everything for people goes to stderr then.

const COMMANDS: Command[] = [bootstrap, addUser, addApiKey, sync, doctor, rotateKeysCommand, verifyAuditTrail];

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(await sentenceFor(error));
  process.exitCode = 1;
}
// Services leave pools and timers behind; what they promised has been awaited.
process.exit();

async function main(args: string[]): Promise<number> {
  const command = COMMANDS.find(({ name }) => name.split(" ").every((word, index) => args[index] === word));
  if (!command) {
    const isQuestion = args.length === 0 || args.includes("--help");
    (isQuestion ? console.log : console.error)(usage());
    return isQuestion ? 0 : 1;
  }
  const values = readOptions(command, args.slice(command.name.split(" ").length));
  const result = await runCommand(command, values);
  console.log(values.json ? JSON.stringify(result) : command.describe(result).join("\n"));
  return result.ok === false ? 1 : 0;
}

async function runCommand(command: Command, values: CommandValues): Promise<Record<string, unknown>> {
  const settings = readSettings();
  ensureDataDir(settings.DATA_DIR);
  // The services' own log goes to stdout, which belongs to the result.
  process.env.LOG_LEVEL = "silent";
  if (command.needsDatabase === false) return command.run(values);
  await generateDatabaseClient((line) => console.error(line));
  const open = await openDatabase(settings);
  const sandbox = settings.SANDBOX ? recordedSandbox(settings.DATA_DIR) : undefined;
  Object.assign(process.env, processEnvironment(settings, open.url, sandbox));
  const [{ closeDatabase }, { closeQueue }] = await Promise.all([
    import("#lib/database/database.ts"),
    import("#lib/jobs/queue.ts"),
  ]);
  try {
    return await command.run(values);
  } finally {
    await closeQueue();
    await closeDatabase();
    await open.close();
  }
}

/** @throws {StartProblem} for an unknown option or a missing one */
function readOptions(command: Command, args: string[]): CommandValues {
  const options = Object.fromEntries(Object.keys(command.options).map((name) => [name, { type: "string" as const }]));
  let values: CommandValues;
  try {
    ({ values } = parseArgs({ args, options: { ...options, json: { type: "boolean" } } }));
  } catch (error) {
    throw new StartProblem(`${(error as Error).message}\n${usageOf(command)}`);
  }
  const missing = Object.entries(command.options).filter(([name, { required }]) => required && !values[name]);
  if (missing.length === 0) return values;
  throw new StartProblem(`${missing.map(([name]) => `--${name}`).join(", ")} must be given.\n${usageOf(command)}`);
}

function usage(): string {
  return ["npm run portal -- <command> [--json]", "", ...COMMANDS.map(usageOf)].join("\n");
}

function usageOf({ name, summary, options }: Command): string {
  const lines = Object.entries(options).map(
    ([option, { takes, required }]) => `      --${option.padEnd(10)} ${takes}${required ? "" : " (may be left out)"}`,
  );
  return [`  ${name.padEnd(14)} ${summary}`, ...lines].join("\n");
}

/** What the person reads: ours as it is, a service's refusal as the portal would say it, and a stack for what is a mistake of ours. */
async function sentenceFor(error: unknown): Promise<string> {
  if (error instanceof StartProblem || error instanceof DataDirInUseError) return error.message;
  const [{ AppError }, { errorSentence }] = await Promise.all([
    import("#lib/errors.ts"),
    import("#lib/i18n/error-sentence.ts"),
  ]);
  if (error instanceof AppError) {
    const fields = error.invalidParams.map(({ name, reason }) => `\n  ${name}: ${reason}`).join("");
    return `${errorSentence(error.code, error.facts, "en")} (${error.code})${fields}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
