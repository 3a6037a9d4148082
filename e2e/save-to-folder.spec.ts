import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { CONFIRMED, MEDITLINK, placeOrders, waitForScans } from "./orders-of-our-own.ts";

type FileList = { folder: string; isWhole: boolean; files: { name: string }[] };

/**
 * A browser with a profile on disk, as people have. In a private one Chromium 153 ends the moment a folder's handle is read back from
 * IndexedDB, with any page: it stands behind every other spec's `context`.
 */
const inProfile = test.extend({
  context: async ({ playwright }, use) => {
    const profile = mkdtempSync(join(tmpdir(), "casebench-profile-"));
    const context = await playwright.chromium.launchPersistentContext(profile);
    await use(context);
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  },
});

/** The browser's own file system behind the picker: the same interface as a folder of the computer, without its window. */
async function offerFolder(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() });
  });
}

/** Every file of the folder with its size, but for what is not whole yet. */
function listFolder(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const found: Record<string, number> = {};
    async function walk(folder: FileSystemDirectoryHandle, path: string): Promise<void> {
      const entries = folder as unknown as AsyncIterable<[string, FileSystemHandle]>;
      for await (const [name, handle] of entries) {
        if (name === ".casebench") continue;
        if (handle.kind === "directory") await walk(handle as FileSystemDirectoryHandle, `${path}${name}/`);
        else {
          // What is renamed while we look is found under its new name the next time.
          const file = await (handle as FileSystemFileHandle).getFile().catch(() => null);
          if (file) found[path + name] = file.size;
        }
      }
    }
    await walk(await navigator.storage.getDirectory(), "");
    return found;
  });
}

inProfile(
  "an accepted order is written to the chosen folder, whole, and what is there already is asked about",
  async ({ page, vendors }) => {
    test.setTimeout(300_000);
    await offerFolder(page);
    await signIn(page, "other-lab-technician");
    await page.goto("/settings?section=files");
    await page.getByRole("button", { name: "Choose a folder" }).click();
    await expect(page.getByText("Waiting for accepted orders.")).toBeVisible();
    const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
    const { id, number } = order!;
    await waitForScans(page, id);
    // The names are final once everything has come: then the portal writes what it was told in this answer.
    const told = page.waitForResponse(
      async (answer) => answer.url().includes(`/${id}/file-list`) && ((await answer.json()) as FileList).isWhole,
      CONFIRMED,
    );
    expect((await page.request.post(`/api/orders/${id}/accept`, { data: {} })).status()).toBe(202);
    const { folder, files } = (await (await told).json()) as FileList;
    expect(folder).toContain(number);
    const names = files.map(({ name }) => `${folder}/${name}`).sort();
    // Other specs' orders of this lab may be written beside it.
    const ownFiles = async (own: string) => Object.keys(await listFolder(page)).filter((path) => path.startsWith(own));
    await expect.poll(async () => (await ownFiles(`${folder}/`)).sort(), { timeout: 120_000 }).toEqual(names);
    await expect(page.getByText(/[1-9]\d* orders? written/)).toBeVisible({ timeout: 60_000 });
    const written = Object.fromEntries(
      Object.entries(await listFolder(page)).filter(([path]) => path.startsWith(`${folder}/`)),
    );
    for (const bytes of Object.values(written)) expect(bytes).toBeGreaterThan(0);

    // Somebody changed a file: chosen anew, the folder is compared before anything is overwritten.
    const changed = Object.keys(written)[0]!;
    await page.evaluate(async (path) => {
      const [folder = "", name = ""] = path.split("/");
      const home = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
      const writable = await (await home.getFileHandle(name)).createWritable();
      await writable.write("mine");
      await writable.close();
    }, changed);
    await page.getByRole("button", { name: "Choose another folder" }).click();
    const dialog = page.getByRole("dialog", { name: `${folder} is already there` });
    await expect(dialog).toBeVisible({ timeout: 60_000 });
    await expect(dialog.getByText(changed.slice(folder.length + 1))).toBeVisible();
    await dialog.getByRole("button", { name: "Keep both" }).click();
    await expect(dialog).toBeHidden();
    const beside = names.map((path) => path.replace(folder, `${folder} (2)`));
    await expect
      .poll(async () => (await ownFiles(`${folder} (2)/`)).sort(), { timeout: 60_000 })
      .toEqual(beside.sort());
    expect((await listFolder(page))[changed]).toBe(4);
    await expect(page.getByText(/[1-9]\d* orders? written/)).toBeVisible({ timeout: 60_000 });
  },
);
