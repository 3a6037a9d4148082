import { expect, type Locator, type Page } from "@playwright/test";

type ScanState = "loading" | "low" | "full" | "failed" | "empty" | "unsupported";
type Visibility = "Show" | "Ghost" | "Hide";

/** For what is read off the stage: a picture waits for a frame, and a busy machine without a graphics card takes long for one. */
export const DRAWN = { timeout: 60_000 };

const STEPS_TO_TWICE = 4;

/** The 3D viewer as a person meets it. Waits for states, never for time. */
export class ScanViewerPage {
  readonly page: Page;
  readonly root: Locator;
  readonly canvas: Locator;
  /** The row of buttons, which comes after the first picture. */
  readonly tools: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.locator("[data-scan-state]");
    this.canvas = this.root.locator("canvas");
    this.tools = this.root.getByRole("toolbar", { name: "Viewer tools" });
  }

  async waitForState(state: ScanState, timeout = 30_000): Promise<void> {
    await expect(this.root).toHaveAttribute("data-scan-state", state, { timeout });
  }

  /** The number of triangles on screen. */
  async triangles(): Promise<number> {
    return Number(await this.root.getAttribute("data-triangles"));
  }

  /** @param name as on the button: Front, Right, Left, Upper, Lower, Back */
  async showView(name: string): Promise<void> {
    await expect(this.tools).toBeVisible();
    const button = this.root.getByRole("radio", { name, exact: true });
    if (await button.isVisible()) return button.click();
    await this.tools.getByRole("button").first().click();
    await this.page.getByRole("menuitemradio", { name: new RegExp(`^${name}`) }).click();
  }

  /** Opens the list of scans where the panel is too narrow to show it by itself. */
  async showList(): Promise<void> {
    await expect(this.tools).toBeVisible();
    const opener = this.root.getByRole("button", { name: "Show the list of scans" });
    if (await opener.isVisible()) await opener.click();
  }

  async setVisibility(scan: string, visibility: Visibility): Promise<void> {
    await this.showList();
    const choice = this.root.getByRole("radiogroup", { name: `How to show ${scan}` });
    await choice.getByRole("radio", { name: visibility, exact: true }).click();
  }

  async openMouth(mm: number): Promise<void> {
    await this.root.getByLabel("Open the mouth").fill(String(mm));
  }

  /** Clicks the stage at parts of its width and height, 0 … 1. */
  async clickStage(x: number, y: number): Promise<void> {
    const box = await this.canvas.boundingBox();
    if (!box) throw new Error("The stage has no canvas.");
    await this.page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  }

  /** How long a millimetre is on the stage, from the ruler in its corner: pixels. */
  async pixelsPerMm(): Promise<number> {
    const ruler = this.root.getByText(/^[\d.]+ mm$/).first();
    return ruler.evaluate((element) => element.clientWidth / Number.parseFloat(element.textContent ?? ""));
  }

  async drag(dx: number, dy: number, button: "left" | "right" = "left"): Promise<void> {
    const box = await this.canvas.boundingBox();
    if (!box) throw new Error("The stage has no canvas.");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down({ button });
    await this.page.mouse.move(x + dx, y + dy, { steps: 4 });
    await this.page.mouse.up({ button });
  }

  /** Takes a tool into the hand with its key. @param key as in the list of keys: m a d s c k p */
  async takeTool(key: string): Promise<void> {
    await this.root.getByRole("application").focus();
    await this.page.keyboard.press(key);
  }

  /** Twice as near, where what is coloured is small on the stage; and back. */
  async lookCloser(): Promise<void> {
    for (let step = 0; step < STEPS_TO_TWICE; step++) await this.takeTool("+");
  }

  async stepBack(): Promise<void> {
    for (let step = 0; step < STEPS_TO_TWICE; step++) await this.takeTool("-");
  }

  /** What the table of measurements says, by name: mm or degrees. */
  async measurements(): Promise<Record<string, number>> {
    const rows = await this.root.getByRole("table", { name: "Measurements" }).locator("tbody tr").all();
    const found: Record<string, number> = {};
    for (const row of rows) {
      const name = await row.getByRole("rowheader").innerText();
      found[name] = Number.parseFloat(await row.getByText(/ mm$|°$/).innerText());
    }
    return found;
  }

  /**
   * The share of the stage with a colour of the maps' palette: 0 without a map. Stone and the stage are nearly grey, the
   * palette is not.
   */
  colouredShare(): Promise<number> {
    return this.#shareOf("coloured");
  }

  /** The share of the stage in the colour of margin lines. */
  magentaShare(): Promise<number> {
    return this.#shareOf("magenta");
  }

  /** The share of the stage that is black: neither the stage nor a lit surface ever is. */
  blackShare(): Promise<number> {
    return this.#shareOf("black");
  }

  async #shareOf(wanted: "coloured" | "magenta" | "black"): Promise<number> {
    const picture = (await this.canvas.screenshot()).toString("base64");
    return this.page.evaluate(
      async ({ data, wanted: kind }) => {
        const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
        const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
        if (!context) return 0;
        context.drawImage(image, 0, 0);
        const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
        let count = 0;
        for (let i = 0; i < pixels.length; i += 4) {
          const [red, green, blue] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
          const isMagenta = red > 190 && blue > 150 && green < 130;
          const isColoured = !isMagenta && Math.max(red, green, blue) - Math.min(red, green, blue) > 70;
          const isBlack = Math.max(red, green, blue) < 8;
          if ({ magenta: isMagenta, coloured: isColoured, black: isBlack }[kind]) count++;
        }
        return (count * 4) / pixels.length;
      },
      { data: picture, wanted },
    );
  }

  /**
   * How many different brightness levels the picture has: one for a blank stage, dozens for a lit scan.
   * Read from a screenshot, as the drawing buffer itself is gone after a frame.
   */
  async brightnessLevels(): Promise<number> {
    const picture = (await this.canvas.screenshot()).toString("base64");
    return this.page.evaluate(async (data) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const copy = new OffscreenCanvas(image.width, image.height);
      const context = copy.getContext("2d");
      if (!context) return 0;
      context.drawImage(image, 0, 0);
      const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
      const levels = new Set<number>();
      for (let i = 0; i < pixels.length; i += 16) levels.add(pixels[i]! >> 2);
      return levels.size;
    }, picture);
  }
}
