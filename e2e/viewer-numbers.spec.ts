import { expect, type Page } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { ScanViewerPage } from "./scan-viewer-page.ts";
import { asObj, asStl, box, type Solid } from "./solids.ts";

/** The upper jaw stands half a millimetre above the lower one; both are 10 mm wide, deep and tall. */
const UPPER = box([0, 0, 0], [10, 10, 10]);
const LOWER = box([0, 0, -10.5], [10, 10, -0.5]);
/** From bottom to top. */
const HEIGHT_MM = 20.5;
/** The part of the stage's height that they fill from in front. */
const FILLED = 0.87;

/** Files of this computer: an upper jaw as STL, a lower one as OBJ. */
async function openJaws(page: Page, upper: Solid, lower: Solid): Promise<ScanViewerPage> {
  await signIn(page, "other-lab-technician");
  await page.goto("/viewer");
  await page
    .getByLabel("Open files")
    .last()
    .setInputFiles([
      { name: "upper.stl", mimeType: "model/stl", buffer: asStl(upper) },
      { name: "lower.obj", mimeType: "model/obj", buffer: asObj(lower) },
    ]);
  const viewer = new ScanViewerPage(page);
  await viewer.waitForState("full");
  await expect.poll(() => viewer.triangles()).toBe(upper.triangles.length + lower.triangles.length);
  await viewer.showList();
  return viewer;
}

test("distances and angles on two boxes are what anybody can work out", async ({ page }) => {
  test.setTimeout(120_000);
  const viewer = await openJaws(page, UPPER, LOWER);
  const hint = viewer.root.getByRole("status").filter({ hasText: /^Click|There is no scan/ });
  await viewer.showView("Front");
  // A framed case fills a known part of the stage; the ruler in the corner, whole pixels long, says the same.
  const stage = (await viewer.canvas.boundingBox())!;
  const perMm = (FILLED * stage.height) / HEIGHT_MM;
  await expect.poll(async () => Math.abs((await viewer.pixelsPerMm()) / perMm - 1)).toBeLessThan(0.02);
  /** Clicks so many mm to the right and up from the middle of both boxes. */
  const click = (right: number, up: number) =>
    viewer.clickStage(0.5 + (right * perMm) / stage.width, 0.5 - (up * perMm) / stage.height);
  /** What the table says; a click is a pixel wide, some hundredths of a millimetre. */
  const says = (name: string, value: number, within: number) =>
    expect.poll(async () => Math.abs(((await viewer.measurements())[name] ?? Number.NaN) - value)).toBeLessThan(within);

  await viewer.takeTool("m");
  await expect(hint).toHaveText("Click the first point on a scan.");
  await click(-3, 2);
  await expect(hint).toHaveText(/second point/);
  await click(3, 2);
  await says("D1", 6, 0.08);
  await click(-3, 2);
  await expect(hint).toHaveText(/second point/);
  await click(1, 5);
  await says("D2", 5, 0.08);

  await viewer.takeTool("a");
  for (const [right, up, next] of [
    [-3, 2, /corner/],
    [3, 2, /third/],
    [3, 8, /first point/],
  ] as const) {
    await click(right, up);
    await expect(hint).toHaveText(next);
  }
  await says("A3", 90, 1);

  await viewer.takeTool("d");
  await click(2, 2);
  // The lower box ends a quarter of a millimetre below the middle, and is hit from 2 mm above it.
  await says("S4", 2.25, 0.05);
  await click(-1, 7);
  await says("S5", 7.25, 0.05);
});

test("the section of two boxes is two squares, half a millimetre apart", async ({ page }) => {
  test.setTimeout(120_000);
  const viewer = await openJaws(page, UPPER, LOWER);
  await viewer.takeTool("s");
  const picture = viewer.root.getByRole("img", { name: /Section drawn to scale/ });
  const lines = viewer.root.getByRole("list", { name: "Lines of the section" }).getByRole("listitem");
  const measured = viewer.root.getByRole("table", { name: "Measured in the section" });
  await viewer.root.getByLabel("Position", { exact: true }).fill("0.3");
  await expect(picture).toHaveAttribute("data-lines", "2");
  await expect(lines).toHaveText([/^Upper jaw\s*40\.00 mm$/, /^Lower jaw\s*40\.00 mm$/]);

  /** Where the squares are on the screen. */
  const squares = () =>
    picture.locator("path").evaluateAll((paths) =>
      paths.map((path) => {
        const { x, y, width, height } = (path as SVGPathElement).getBBox();
        const at = new DOMPoint(x, y).matrixTransform((path as SVGPathElement).getScreenCTM()!);
        return { left: at.x, top: at.y, right: at.x + width, bottom: at.y + height, middle: at.x + width / 2 };
      }),
    );
  // Drawn to its final size: both squares and the gap fill nine tenths of the picture.
  const height = (await picture.boundingBox())!.height;
  const filled = async () => {
    const [above, below] = (await squares()) as [Square, Square];
    return (below.bottom - above.top) / height;
  };
  await expect.poll(filled).toBeCloseTo(0.9, 2);
  const [upper, lower] = (await squares()) as [Square, Square];
  const level = (upper.top + upper.bottom) / 2;
  // Clicks beside a line snap to it.
  await page.mouse.click(upper.left + 2, level);
  await page.mouse.click(upper.right - 2, level);
  await expect(measured.getByRole("row")).toHaveText([/^D1\s*10\.00 mm/]);
  await page.mouse.click(upper.middle, upper.bottom - 1);
  await page.mouse.click(upper.middle, lower.top + 1);
  await expect(measured.getByRole("row")).toHaveText([/^D1/, /^D2\s*0\.50 mm/]);
  await viewer.root.getByRole("radio", { name: "Thickness" }).click();
  await page.mouse.click(lower.left + 1, (lower.top + lower.bottom) / 2);
  await expect(measured.getByRole("row")).toHaveText([/^D1/, /^D2/, /^T3\s*10\.00 mm/]);

  await viewer.root.getByRole("radio", { name: "Horizontal" }).click();
  await viewer.root.getByLabel("Position", { exact: true }).fill("4");
  await expect(lines).toHaveText([/^Upper jaw\s*40\.00 mm$/]);
});

test("boxes half a millimetre apart touch where a threshold reaches, and nowhere else", async ({ page }) => {
  test.setTimeout(120_000);
  const viewer = await openJaws(page, UPPER, LOWER);
  await viewer.takeTool("c");
  const found = viewer.root.getByRole("table", { name: "Contacts" });
  for (const jaw of ["Upper jaw", "Lower jaw"])
    await expect(found.getByRole("row", { name: jaw })).toContainText("deepest 0.50 mm", { timeout: 20_000 });
  await viewer.root.getByLabel("Contact up to").fill("0.6");
  // The side of 10 × 10 mm, and a tenth of a millimetre around it.
  for (const jaw of ["Upper jaw", "Lower jaw"]) {
    const row = found.getByRole("row", { name: jaw });
    await expect(row).toContainText("1 contact");
    await expect.poll(async () => Number.parseFloat(await row.getByText(/mm²/).innerText())).toBeCloseTo(104, 1);
  }
  await viewer.root.getByLabel("Contact up to").fill("0.4");
  await expect(found.getByRole("row", { name: "Lower jaw" })).toContainText("0.00 mm²");
});

test("the undercuts of a stump and the wall of a plate are what anybody can work out", async ({ page }) => {
  test.setTimeout(120_000);
  /** 10 × 10 mm below, 6 × 6 mm above, 10 mm tall. */
  const stump = box([-5, -5, 0], [5, 5, 10], ([x, y, z]) => [x * (1 - 0.04 * z), y * (1 - 0.04 * z), z]);
  const plate = box([-5, -5, 15], [5, 5, 17]);
  const viewer = await openJaws(page, plate, stump);

  await viewer.showView("Lower");
  await viewer.takeTool("k");
  await viewer.root.getByRole("button", { name: "Lower jaw", exact: true }).click();
  const undercut = viewer.root.locator("[data-undercut-area]");
  await expect(undercut).toContainText("100.0 mm² undercut, up to 10.0 mm deep", { timeout: 20_000 });

  await viewer.showView("Front");
  await viewer.takeTool("t");
  await viewer.root.getByRole("radiogroup", { name: "Thickness of" }).getByText("Upper jaw").click();
  const walls = viewer.root.getByRole("table", { name: "Thin walls" });
  await expect(walls).toContainText("thinnest 2.00 mm", { timeout: 20_000 });
  await viewer.root.getByLabel("Thin up to").fill("1.9");
  await expect(walls).toContainText("nothing thinner");
  await viewer.root.getByLabel("Thin up to").fill("2.1");
  // Its top and its bottom; the middle of its sides is 10 mm thick.
  await expect(walls).toContainText("2 thin places");
});

type Square = { left: number; top: number; right: number; bottom: number; middle: number };
