import { expect } from "@playwright/test";
import { signIn, test } from "./fixtures.ts";
import { MEDITLINK, placeOrders } from "./orders-of-our-own.ts";

type Order = {
  dueOn: string | null;
  patientName: string | null;
  restorations: { tooth: { fdi: number } | null; shade: string | null }[];
};
type Visits = { consultation: string; tryIn: string; seating: string };

const DAY_MS = 86_400_000;
const plus = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

test("a clinic links an appointment, sees that the lab is late for it and that the note names another shade", async ({
  page,
  vendors,
}) => {
  test.setTimeout(180_000);
  await signIn(page, "clinic-staff");
  const [placed] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  const { id, number } = placed!;
  const order = (await (await page.request.get(`/api/orders/${id}`)).json()) as Order;
  const tooth = order.restorations.find((one) => one.tooth)!.tooth!.fdi;
  const due = order.dueOn!;
  // The practice dictates, and plans a try-in three days before the lab delivers.
  const { consultation } = await vendors.post<Visits>("/medisync/visits", {
    order: Number(number),
    note: `P: Restoration on tooth FDI ${tooth}, shade C4. <script>window.owned = true</script>`,
    transcription: `We do tooth FDI ${tooth} in C4.`,
    consultationOn: plus(new Date().toISOString().slice(0, 10), 0),
    tryInOn: plus(due, -3),
    seatingOn: plus(due, 4),
  });

  await test.step("the appointment is proposed by name and day, and linked by a person", async () => {
    await page.goto(`/orders/${id}`);
    const panel = page.getByRole("region", { name: "Appointment and note" });
    const link = panel.getByRole("button", { name: "Link appointment" });
    await link.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(link).toBeFocused();
    await link.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Which appointment is it?" });
    const proposed = dialog.getByRole("radio", { name: /Preparation and scan.*Proposed/ }).first();
    await expect(proposed).toBeChecked({ timeout: 20_000 });
    await dialog.locator(`input[value="${consultation}"]`).check();
    await dialog.getByRole("button", { name: "Link this appointment" }).click();
    await expect(dialog).toBeHidden();
  });

  const panel = page.getByRole("region", { name: "Appointment and note" });
  await test.step("the lab's day is after the try-in, and that is said", async () => {
    await expect(panel.getByText(/The lab delivers on .*, after the appointment “Try-in” on /)).toBeVisible();
    await expect(panel.getByRole("list", { name: "Dates" }).getByRole("listitem")).toHaveText([
      /^Try-in/,
      /^Lab delivers/,
      /^Seating/,
    ]);
  });

  await test.step("the note is text, and its shade is pointed out beside what is ordered", async () => {
    await expect(panel.getByText(/Shade C4 is named/).first()).toBeVisible({ timeout: 20_000 });
    await expect(panel.getByText("P: Restoration on tooth FDI")).toBeVisible();
    await expect(panel.locator("mark", { hasText: "C4" }).first()).toBeVisible();
    expect(await page.evaluate(() => "owned" in window)).toBe(false);
  });

  await test.step("the dictation is streamed through the portal, in parts", async () => {
    const address = `/api/orders/${id}/appointment/recording`;
    await expect(panel.getByLabel("Play the dictation")).toHaveAttribute("src", address);
    const part = await page.request.get(address, { headers: { range: "bytes=0-99" } });
    expect([part.status(), part.headers()["content-type"], (await part.body()).length]).toEqual([
      206,
      "audio/wav",
      100,
    ]);
  });

  await test.step("the delivery note becomes the appointment's document, and there is room for one", async () => {
    await panel.getByRole("button", { name: "Send delivery note" }).click();
    await expect(panel.getByText("The delivery note was sent from here")).toBeVisible({ timeout: 30_000 });
    await expect(panel.getByRole("button", { name: "Send order form" })).toHaveCount(0);
    const { documents } = await vendors.get<{ documents: { appointment_id: string }[] }>("/medisync");
    expect(documents.filter((one) => one.appointment_id === consultation)).toHaveLength(1);
  });

  await test.step("deleting the dictation is asked for once more", async () => {
    await panel.getByRole("button", { name: "Delete the dictation" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete the dictation?" });
    await dialog.getByRole("button", { name: "Delete for good" }).click();
    await expect(dialog).toBeHidden({ timeout: 20_000 });
    await expect(panel.getByLabel("Play the dictation")).toHaveCount(0);
  });

  await test.step("the link is taken back", async () => {
    await panel.getByRole("button", { name: "Take the link back" }).click();
    await expect(panel.getByRole("button", { name: "Link appointment" })).toBeVisible();
  });
});

test("what a clinic reads of its order does not move down when the appointment comes", async ({ page, vendors }) => {
  test.setTimeout(180_000);
  await signIn(page, "clinic-staff");
  const [placed] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  await page.addInitScript(() => {
    const seen = new Set<number>();
    Object.assign(window, { placesOfDetails: seen });
    const look = () => {
      const title = document.querySelector("#facts-title");
      if (title?.checkVisibility()) seen.add(Math.round(title.getBoundingClientRect().top));
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`/orders/${placed!.id}`);
  await expect(page.getByRole("region", { name: "Appointment and note" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "History" })).toBeAttached();
  const places = () =>
    page.evaluate(() => [...(window as unknown as { placesOfDetails: Set<number> }).placesOfDetails]);
  await expect.poll(places).toHaveLength(1);
});
