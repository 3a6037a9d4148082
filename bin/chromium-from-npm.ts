import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ROOT } from "./ensure-installed.mjs";

export type NpmChromium = {
  executablePath: string;
  /** What the browser process needs beside the usual environment: its own shared libraries and fonts. */
  env: Record<string, string>;
};

/**
 * The Chromium of the npm package @sparticuz/chromium, unpacked once under node_modules/.cache with the libraries and fonts that a
 * machine without any browser lacks. The package itself unpacks to TMPDIR, which users share, and never notices half a file; here it
 * gets a folder of its own that is published by rename.
 */
export async function chromiumFromNpm(): Promise<NpmChromium> {
  const entry = fileURLToPath(import.meta.resolve("@sparticuz/chromium"));
  const { version } = JSON.parse(readFileSync(join(dirname(dirname(entry)), "package.json"), "utf8")) as {
    version: string;
  };
  const home = join(ROOT, "node_modules", ".cache", "casebench-chromium", `${version}-with-fonts`);
  if (!existsSync(home)) await unpack(entry, home);
  const libraries = join(home, "al2023", "lib");
  return {
    executablePath: join(home, "chromium"),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontConfigIn(home) },
  };
}

function fontConfigIn(home: string): string {
  return join(home, "fonts", "casebench.conf");
}

/**
 * Names the fonts that came along, and the machine's own for what those lack. The package's configuration names folders that only AWS
 * Lambda has, and a Chromium that finds no font at all ends itself at the first text field ("SkFontMgr_FontConfigInterface: Not
 * implemented").
 */
function fontConfig(home: string): string {
  const folders = [join(home, "fonts", "fonts"), "/usr/share/fonts"].map((folder) => `<dir>${folder}</dir>`).join("");
  const cache = `<cachedir>${join(home, "fonts", "cache")}</cachedir>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}${cache}</fontconfig>\n`;
}

async function unpack(entry: string, home: string): Promise<void> {
  const part = `${home}.${process.pid}.part`;
  mkdirSync(part, { recursive: true });
  // In a process of its own because the package reads TMPDIR and the AWS variable (which makes it bring its libraries) from there.
  const script = `import(${JSON.stringify(entry)}).then((m) => m.default.executablePath())`;
  await promisify(execFile)(process.execPath, ["-e", script], {
    env: { ...process.env, TMPDIR: part, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
  });
  writeFileSync(fontConfigIn(part), fontConfig(home));
  try {
    renameSync(part, home);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
}
