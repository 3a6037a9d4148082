import { expect, type Page } from "@playwright/test";
import { demoSignIn, test } from "./fixtures.ts";
import { MEDITLINK, placeOrders, tagOrders, truthOf } from "./orders-of-our-own.ts";
import { signInByKeys } from "./sign-in-by-keys.ts";
import { pressByKey, tabTo } from "./tab-to.ts";

// No mouse at all: every step of these walks is a key.

/** Where the keyboard goes on is somewhere on the page, not nowhere. */
const focusIsKept = (page: Page) => expect(page.locator("body")).not.toBeFocused();

test("a clinic links an appointment, sends a delivery note and takes the link back without a mouse", async ({
  page,
  vendors,
}) => {
  test.setTimeout(240_000);
  await signInByKeys(page, demoSignIn("clinic-staff"));
  const [placed] = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 1 });
  const { id, number } = placed!;
  const { dueOn } = (await (await page.request.get(`/api/orders/${id}`)).json()) as { dueOn: string };
  const today = new Date().toISOString().slice(0, 10);
  const visit = { order: Number(number), note: "Tooth 11.", transcription: "Tooth 11." };
  const days = { consultationOn: today, tryInOn: dueOn, seatingOn: dueOn };
  await vendors.post("/medisync/visits", { ...visit, ...days });

  await page.goto(`/orders/${id}`);
  const panel = page.getByRole("region", { name: "Appointment and note" });
  const dialog = page.getByRole("dialog", { name: "Which appointment is it?" });
  await pressByKey(page, panel.getByRole("button", { name: "Link appointment" }));
  await expect(dialog.getByLabel("Patient's last name")).toBeFocused();
  const proposed = dialog.getByRole("radio", { name: /Proposed/ }).first();
  await expect(proposed).toBeChecked({ timeout: 20_000 });
  await tabTo(page, proposed);
  await page.keyboard.press("ArrowDown");
  await expect(proposed).not.toBeChecked();
  await page.keyboard.press("ArrowUp");
  await expect(proposed).toBeChecked();
  await pressByKey(page, dialog.getByRole("button", { name: "Link this appointment" }));
  await expect(dialog).toBeHidden();
  await focusIsKept(page);

  await pressByKey(page, panel.getByRole("button", { name: "Send delivery note" }));
  await expect(panel.getByText("The delivery note was sent from here")).toBeVisible({ timeout: 30_000 });
  await focusIsKept(page);
  const unlink = panel.getByRole("button", { name: "Take the link back" });
  await tabTo(page, unlink, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("button", { name: "Link appointment" })).toBeVisible();
  await focusIsKept(page);
});

test("a clinic finds a patient’s chart, files into it and takes the patient back without a mouse", async ({
  page,
  vendors,
}) => {
  test.setTimeout(240_000);
  await signInByKeys(page, demoSignIn("clinic-staff"));
  const [placed] = await placeOrders(page, vendors, {
    clinic: MEDITLINK.davis,
    lab: MEDITLINK.onelab,
    count: 1,
    patient: { name: "Grace Okafor", code: "103" },
  });
  const { id, number } = placed!;
  await page.goto(`/orders/${id}`);
  const chart = page.getByRole("region", { name: "Patient’s chart" });
  await pressByKey(page, chart.getByRole("button", { name: "Find the patient" }));
  const finding = page.getByRole("dialog", { name: `Whose chart belongs to order ${number}?` });
  const grace = finding.getByRole("radio", { name: /Okafor, Grace/ });
  await tabTo(page, grace);
  await page.keyboard.press("Space");
  const born = finding.getByLabel("Date of birth of the patient");
  await tabTo(page, born);
  await born.fill("1990-07-14"); // which of its parts is typed first is the browser's affair
  await pressByKey(page, finding.getByRole("checkbox", { name: /Grace Okafor is the patient/ }), "Space");
  await pressByKey(page, finding.getByRole("button", { name: "Confirm patient" }));
  await expect(finding).toBeHidden({ timeout: 30_000 });
  await focusIsKept(page);

  const file = chart.getByRole("button", { name: "File into the chart" });
  await pressByKey(page, file);
  const filing = page.getByRole("dialog", { name: "File into the chart of Grace Okafor" });
  await expect(filing.getByLabel("Folder of the chart")).toHaveValue("14", { timeout: 30_000 });
  await pressByKey(page, filing.getByRole("button", { name: "File it" }));
  await expect(filing).toBeHidden({ timeout: 60_000 });
  await expect(file).toBeFocused();
  await expect(chart.getByText(/in the chart as document \d+/)).toBeVisible({ timeout: 30_000 });

  const back = chart.getByRole("button", { name: "Wrong patient? Take back" });
  await tabTo(page, back, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(chart.getByRole("button", { name: "Find the patient" })).toBeVisible({ timeout: 60_000 });
  await focusIsKept(page);
});

test("a technician tags marked orders, looks through their papers and rejects them without a mouse", async ({
  page,
  vendors,
}) => {
  test.setTimeout(300_000);
  await signInByKeys(page, demoSignIn("other-lab-technician"));
  const orders = await placeOrders(page, vendors, { clinic: MEDITLINK.davis, lab: MEDITLINK.nordlab, count: 3 });
  const tag = `by keys ${Date.now()}`;
  const list = await tagOrders(
    page,
    orders.map(({ id }) => id),
    tag,
  );
  await page.goto(`/orders?${list}`);
  await expect(page.locator("tbody tr[aria-rowindex]")).toHaveCount(3);
  await pressByKey(page, page.getByRole("checkbox", { name: "Select all that are loaded" }), "Space");
  const bar = page.getByRole("region", { name: "Selected orders" });
  await expect(bar.getByText("3 orders selected")).toBeVisible();

  const note = bar.getByRole("button", { name: "Assign and tag" });
  await pressByKey(page, note);
  const tagging = page.getByRole("dialog", { name: "Assign and tag 3 orders" });
  await tabTo(page, tagging.getByLabel("Our tags"));
  await page.keyboard.type(`${tag} too`);
  await page.keyboard.press("Enter");
  await pressByKey(page, tagging.getByRole("button", { name: "Save", exact: true }));
  await expect(tagging.getByText("Done")).toHaveCount(3, { timeout: 60_000 });
  await expect(tagging.getByRole("button", { name: "Close" }).last()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(tagging).toBeHidden();
  await expect(note).toBeFocused();

  const print = bar.getByRole("button", { name: "Print" });
  await pressByKey(page, print);
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Labels on sheets" })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("menuitem", { name: "Labels, one a page" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(print).toBeFocused();

  await page.keyboard.press("r");
  const rejecting = page.getByRole("dialog", { name: "Reject 3 orders" });
  await expect(rejecting.getByText("3 of 3 possible")).toBeVisible();
  await expect(rejecting.getByLabel("Reason")).toBeFocused();
  await page.keyboard.type("Margin not");
  await pressByKey(page, rejecting.getByRole("button", { name: "Reject 3 orders" }));
  await expect(rejecting.getByText("Confirmed by MeditLink")).toHaveCount(3, { timeout: 150_000 });
  await expect(rejecting.getByRole("button", { name: "Close" }).last()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(rejecting).toBeHidden();
  await focusIsKept(page);
  for (const { number } of orders)
    expect(await truthOf(vendors, number)).toMatchObject({ status: "REJECTED", counts: { rejected: 1 } });
});
