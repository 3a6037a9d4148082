import { expect, type Page } from "@playwright/test";
import { type Credentials, signIn, test, type VendorControl } from "./fixtures.ts";
import { MEDITLINK, placeOrders, waitForScans } from "./orders-of-our-own.ts";
import { addPerson } from "./people-of-our-own.ts";
import { DRAWN, ScanViewerPage } from "./scan-viewer-page.ts";

/** A case with jaws, an earlier state, a rescan, bites in three groups, a scan body, a margin line and a design. */
async function openFullCase(page: Page, vendors: VendorControl): Promise<ScanViewerPage> {
  await signIn(page, "other-lab-technician");
  const whole = { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1, like: "every kind of scan" };
  const [order] = await placeOrders(page, vendors, whole);
  expect(await waitForScans(page, order!.id)).toHaveLength(12);
  await page.goto(`/orders/${order!.id}`);
  const viewer = new ScanViewerPage(page);
  await viewer.waitForState("full", 90_000);
  await viewer.showList();
  return viewer;
}

/** A file of this computer, looked at by somebody without its belonging to an order. */
async function openTent(page: Page, person: string | Credentials): Promise<ScanViewerPage> {
  await signIn(page, person);
  await page.goto("/viewer");
  const files = page.getByLabel("Open files").last();
  await files.setInputFiles([{ name: "upper.stl", mimeType: "model/stl", buffer: tent() }]);
  return new ScanViewerPage(page);
}

test("every kind of scan is called by what it is, with its bite groups and its margin line", async ({
  page,
  vendors,
}) => {
  test.setTimeout(240_000);
  const viewer = await openFullCase(page, vendors);
  const row = (name: string) => viewer.root.locator("li[data-scan]").filter({ hasText: name });

  await test.step("roles and what is shown at first", async () => {
    for (const name of ["Upper jaw", "Lower, pre-op", "Lower, rescan", "Scan body", "Design", "Margin line"])
      await expect(row(name).first()).toBeVisible();
    await expect(row("marginLine_36")).toContainText("Line of 82 points");
    const shown = (name: string) => row(name).getByRole("radio", { name: "Show", exact: true });
    await expect(shown("marginLine_36")).toBeChecked();
    await expect(shown("Lower jaw")).toBeChecked();
    await expect(shown("mandibular_preop")).not.toBeChecked();
    expect(await viewer.triangles()).toBeGreaterThan(5_000);
  });

  await test.step("the margin line is drawn", async () => {
    await viewer.showView("Lower");
    await expect.poll(() => viewer.magentaShare(), DRAWN).toBeGreaterThan(0.0003);
    await row("marginLine_36").getByRole("radio", { name: "Hide", exact: true }).click();
    await expect.poll(() => viewer.magentaShare(), DRAWN).toBe(0);
  });

  await test.step("bite groups", async () => {
    await expect(row("occlusionfirst.meditMesh")).toBeVisible();
    await viewer.root.getByRole("radio", { name: "CR Bite" }).click();
    await expect(row("occlusionfirst_cr")).toBeVisible();
    await expect(row("occlusionfirst.meditMesh")).toBeHidden();
    await expect(row("Lower jaw")).toBeVisible();
  });

  await test.step("the cube turns with the case and looks from its sides", async () => {
    const cube = viewer.root.getByRole("group", { name: "Where the patient is" });
    await viewer.showView("Front");
    await expect(cube.getByText("R", { exact: true })).toHaveCount(1);
    await expect(cube.getByText("L", { exact: true })).toHaveCount(1);
    const before = await cube.locator("div").first().getAttribute("style");
    await cube.getByRole("button", { name: "From the front" }).click({ position: { x: 23, y: 23 } });
    await viewer.drag(120, 30);
    await expect.poll(() => cube.locator("div").first().getAttribute("style")).not.toBe(before);
    await viewer.showView("Lingual");
    await expect(viewer.root.getByText("From behind, lingual", { exact: true })).toBeVisible();
  });

  await test.step("the mouth opens, and what is measured stays", async () => {
    await viewer.showView("Front");
    await viewer.openMouth(20);
    await expect(viewer.root.locator("output", { hasText: "20 mm" })).toBeVisible();
    await viewer.openMouth(0);
  });
});

test("walls and two versions of a scan are measured, coloured, saved and opened again", async ({ page, vendors }) => {
  test.setTimeout(300_000);
  const viewer = await openFullCase(page, vendors);
  const plain = await viewer.colouredShare();

  await test.step("wall thickness", async () => {
    await viewer.takeTool("t");
    await viewer.root.getByRole("radiogroup", { name: "Thickness of" }).getByText("Lower jaw").click();
    const found = viewer.root.getByRole("table", { name: "Thin walls" });
    await expect(found).toBeVisible({ timeout: 30_000 });
    const area = async () => Number.parseFloat(await found.getByText(/mm²/).innerText());
    await viewer.root.getByLabel("Thin up to").fill("0.5");
    const thin = await area();
    await viewer.root.getByLabel("Thin up to").fill("5");
    await expect.poll(area).toBeGreaterThan(thin);
    await viewer.takeTool("5");
    await viewer.lookCloser();
    await expect.poll(() => viewer.colouredShare(), DRAWN).toBeGreaterThan(plain + 0.005);
    await viewer.root.getByRole("button", { name: /^Save Walls up to/ }).click();
    await expect(viewer.root.locator("[data-finding=thickness]")).toBeVisible();
  });

  await test.step("a rescan lies elsewhere, and is laid onto the first scan", async () => {
    await viewer.takeTool("v");
    await viewer.root.getByRole("combobox", { name: "Reference", exact: true }).selectOption({ label: "Lower jaw" });
    await viewer.root.getByLabel("Compared scan").selectOption({ label: "Lower, rescan" });
    const found = viewer.root.getByRole("table", { name: "Deviation of the compared scan" });
    const value = async (row: string) =>
      Number.parseFloat(await found.locator(`[data-deviation=${row}] td`).innerText());
    // Until the second scan is chosen as well, the first one may be compared with something else.
    await expect.poll(() => value("rms"), { timeout: 60_000 }).toBeLessThan(0.02);
    await expect.poll(() => value("within")).toBeGreaterThan(95);
    await expect.poll(async () => Math.abs(await value("mean"))).toBeLessThan(0.01);
  });

  await test.step("against the state before preparation the stump is missing what was ground away", async () => {
    await viewer.root
      .getByRole("combobox", { name: "Reference", exact: true })
      .selectOption({ label: "Lower, pre-op" });
    await viewer.root.getByLabel("Compared scan").selectOption({ label: "Lower jaw" });
    const lowest = viewer.root.locator("[data-deviation=extremes] td");
    await expect.poll(async () => Number.parseFloat(await lowest.innerText()), { timeout: 60_000 }).toBeLessThan(-1);
    await viewer.showView("Lower");
    await expect.poll(() => viewer.colouredShare(), DRAWN).toBeGreaterThan(plain + 0.001);
    await viewer.root.getByRole("button", { name: "Save Comparison with the order" }).click();
    await expect(viewer.root.locator("[data-finding=compare]")).toBeVisible();
  });

  await test.step("opened again as it was", async () => {
    await page.reload();
    await viewer.waitForState("full", 60_000);
    await viewer.showList();
    await viewer.root
      .getByRole("button", { name: /^Comparison/ })
      .first()
      .click();
    await expect(viewer.root.getByLabel("Compared scan")).toHaveValue(/./);
    await expect(viewer.root.getByRole("table", { name: "Deviation of the compared scan" })).toBeVisible({
      timeout: 60_000,
    });
  });
});

test("a member's mouse and keys are remembered", async ({ page }) => {
  test.setTimeout(90_000);
  const viewer = await openTent(page, await addPerson("lab-viewer", "viewer"));
  await viewer.waitForState("full");
  const mouse = viewer.root.getByRole("button", { name: "Mouse and keys" });
  await mouse.click();
  const kept = page.waitForResponse((answer) => answer.request().method() === "PUT");
  await page.getByRole("menuitemradio", { name: /As in exocad/ }).click();
  expect((await kept).status()).toBe(200);
  // In exocad a drag with the left button does not turn, with the right one it does.
  const view = viewer.root.getByText("From the front", { exact: true });
  await viewer.showView("Front");
  await expect(view).toBeVisible();
  await viewer.drag(90, 20);
  await expect(view).toBeVisible();
  await viewer.drag(90, 20, "right");
  await expect(view).toBeHidden();
  await mouse.click();
  await expect(page.getByRole("menuitemradio", { name: /As in exocad/ })).toBeChecked();
  const back = page.waitForResponse((answer) => answer.request().method() === "PUT");
  await page.getByRole("menuitemradio", { name: /^Casebench/ }).click();
  expect((await back).status()).toBe(200);
});

test("the scene comes back after the graphics card was taken away", async ({ page }) => {
  test.setTimeout(90_000);
  const viewer = await openTent(page, "clinic-staff");
  await viewer.waitForState("full");
  await expect.poll(() => viewer.brightnessLevels(), DRAWN).toBeGreaterThan(4);
  const lost = viewer.root.getByText("The graphics card was taken away for a moment.");
  const context = await viewer.canvas.evaluateHandle((canvas: HTMLCanvasElement) =>
    canvas.getContext("webgl2")!.getExtension("WEBGL_lose_context"),
  );
  await context.evaluate((extension) => extension!.loseContext());
  await expect(lost).toBeVisible();
  await context.evaluate((extension) => extension!.restoreContext());
  await expect(lost).toBeHidden();
  await expect.poll(() => viewer.brightnessLevels(), DRAWN).toBeGreaterThan(4);
});

test("a browser without WebGL says so and offers the files", async ({ page }) => {
  test.setTimeout(90_000);
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
    OffscreenCanvas.prototype.getContext = () => null;
  });
  const viewer = await openTent(page, "clinic-staff");
  await viewer.waitForState("unsupported");
  await expect(page.getByText("This browser cannot draw in 3D")).toBeVisible();
});

test("fingers turn, move and zoom on a phone", async ({ visit }) => {
  test.setTimeout(90_000);
  const page = await visit({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  const viewer = await openTent(page, "clinic-staff");
  await viewer.waitForState("full");
  const box = (await viewer.canvas.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const touch = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: { x: number; y: number }[]) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints });
  await viewer.showView("Front");
  const label = viewer.root.getByText("From the front", { exact: true });
  await expect(label).toBeVisible();

  const before = await viewer.pixelsPerMm();
  await send("touchStart", { x: x - 30, y }, { x: x + 30, y });
  await send("touchMove", { x: x - 60, y }, { x: x + 60, y });
  await send("touchMove", { x: x - 90, y }, { x: x + 90, y });
  await send("touchEnd");
  await expect(label).toBeVisible();
  await expect.poll(() => viewer.pixelsPerMm()).toBeGreaterThan(before * 1.5);

  await send("touchStart", { x, y });
  await send("touchMove", { x: x + 40, y: y + 10 });
  await send("touchMove", { x: x + 80, y: y + 20 });
  await send("touchEnd");
  await expect(label).toBeHidden();
});

/** A roof of two triangles, as ASCII STL. */
function tent(): Buffer {
  const facet = (corners: string[]) =>
    `facet normal 0 0 0\nouter loop\n${corners.map((corner) => `vertex ${corner}`).join("\n")}\nendloop\nendfacet\n`;
  const left = facet(["0 0 0", "10 0 6", "0 20 0"]);
  const right = facet(["10 0 6", "10 20 6", "0 20 0"]);
  return Buffer.from(`solid tent\n${left}${right}endsolid tent\n`);
}
