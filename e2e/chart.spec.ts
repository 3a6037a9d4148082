import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { signIn, test, type VendorControl } from "./fixtures.ts";
import { MEDITLINK, placeOrders } from "./orders-of-our-own.ts";
import { ScanViewerPage } from "./scan-viewer-page.ts";

// A clinic with Open Dental: its papers go into the right chart, its pictures come to the order.

type Office = {
  documents: { PatNum: number; Description: string; DocCategory: number; ImgType: string; ToothNumbers: string }[];
  labCases: { PatNum: number; LabCaseNum: number; DateTimeDue: string; DateTimeSent: string; Instructions: string }[];
};
const office = (vendors: VendorControl) => vendors.get<Office>("/open-dental");
const filed = async (vendors: VendorControl, number: string) =>
  (await office(vendors)).documents.filter(({ Description }) => Description.includes(number));

const GRACE = { name: "Grace Okafor", code: "103", born: "1990-07-14", patNum: 103 };

/** An order of the clinic whose scanner knew the practice's number of the patient. */
async function placeForPatient(page: Page, vendors: VendorControl, patient: { name: string; code: string }) {
  const { davis: clinic, onelab: lab } = MEDITLINK;
  const { name, code } = patient;
  const [placed] = await placeOrders(page, vendors, { clinic, lab, count: 1, patient: { name, code } });
  return placed!;
}

const chart = (page: Page) => page.getByRole("region", { name: "Patient’s chart" });

async function confirmGrace(page: Page, number: string): Promise<void> {
  await chart(page).getByRole("button", { name: "Find the patient" }).click();
  const dialog = page.getByRole("dialog", { name: `Whose chart belongs to order ${number}?` });
  await dialog.getByRole("radio", { name: /Okafor, Grace/ }).check({ timeout: 30_000 });
  await dialog.getByLabel("Date of birth of the patient").fill(GRACE.born);
  await dialog.getByRole("checkbox", { name: /Grace Okafor is the patient/ }).check();
  await dialog.getByRole("button", { name: "Confirm patient" }).click();
  await expect(dialog).toBeHidden({ timeout: 30_000 });
  await expect(chart(page).getByText("Okafor, Grace")).toBeVisible();
}

test("a clinic files an order form and a picture of the scans into the right chart, and brings a photo back", async ({
  page,
  vendors,
}) => {
  test.setTimeout(240_000);
  await signIn(page, "clinic-staff");
  const { id, number } = await placeForPatient(page, vendors, GRACE);
  await page.goto(`/orders/${id}`);
  await confirmGrace(page, number);

  await chart(page).getByRole("button", { name: "File into the chart" }).click();
  const filing = page.getByRole("dialog", { name: "File into the chart of Grace Okafor" });
  await expect(filing.getByLabel("Folder of the chart")).toHaveValue("14", { timeout: 30_000 });
  await filing.getByLabel("Teeth (FDI)").fill("13-11, 36");
  await expect(filing.getByText("In Universal: 6–8, 19")).toBeVisible();
  await filing.getByRole("button", { name: "File it" }).click();
  await expect(filing).toBeHidden({ timeout: 60_000 });
  await expect(chart(page).getByText(/in the chart as document \d+/)).toBeVisible({ timeout: 30_000 });
  expect(await filed(vendors, number)).toMatchObject([
    { PatNum: GRACE.patNum, DocCategory: 14, ImgType: "Document", ToothNumbers: "6,7,8,19" },
  ]);

  await new ScanViewerPage(page).waitForState("full", 90_000);
  await chart(page).getByRole("button", { name: "File into the chart" }).click();
  await filing.getByRole("radio", { name: "Picture of the scans" }).check();
  await expect(filing.getByRole("img", { name: /Picture of the scans/ })).toBeVisible({ timeout: 30_000 });
  await filing.getByRole("button", { name: "File it" }).click();
  await expect(filing).toBeHidden({ timeout: 60_000 });
  await expect.poll(async () => (await filed(vendors, number)).map(({ ImgType }) => ImgType)).toContain("Photo");

  await chart(page).getByRole("button", { name: "Bring pictures over" }).click();
  const pictures = page.getByRole("dialog", { name: "Pictures in the chart" });
  await pictures.getByRole("checkbox", { name: /Smile, frontal/ }).check({ timeout: 60_000 });
  await pictures.getByRole("button", { name: "Bring 1 picture over" }).click();
  await expect(pictures).toBeHidden({ timeout: 60_000 });
  await expect(page.getByText(/chart-document-\d+\.png/).first()).toBeVisible({ timeout: 60_000 });
});

test("the namesake's date of birth confirms nobody, and nothing is filed", async ({ page, vendors }) => {
  test.setTimeout(120_000);
  await signIn(page, "clinic-staff");
  const { id, number } = await placeForPatient(page, vendors, { name: "John Smith", code: "101" });
  await page.goto(`/orders/${id}`);
  await chart(page).getByRole("button", { name: "Find the patient" }).click();
  const dialog = page.getByRole("dialog", { name: `Whose chart belongs to order ${number}?` });
  await dialog.getByRole("radio", { name: /Smith, John/ }).check({ timeout: 30_000 });
  await dialog.getByLabel("Date of birth of the patient").fill("1951-11-23");
  await dialog.getByRole("checkbox", { name: /John Smith is the patient/ }).check();
  await dialog.getByRole("button", { name: "Confirm patient" }).click();
  await expect(dialog.getByText(/is not that of this patient/)).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  expect(await filed(vendors, number)).toEqual([]);
});

test("a lab case is made from the order, and taking the patient back takes everything out again", async ({
  page,
  vendors,
}) => {
  test.setTimeout(180_000);
  await signIn(page, "clinic-staff");
  const { id, number } = await placeForPatient(page, vendors, GRACE);
  await page.goto(`/orders/${id}`);
  await confirmGrace(page, number);
  await chart(page).getByRole("button", { name: "Lab case" }).click();
  const dialog = page.getByRole("dialog", { name: `Lab case of order ${number}` });
  await dialog.getByLabel("Dentist").selectOption({ label: "Dana Davis" }, { timeout: 30_000 });
  await expect(dialog.getByLabel("Laboratory in the practice’s list")).toHaveValue("1");
  await dialog.getByRole("button", { name: "Create lab case" }).click();
  await expect(dialog).toBeHidden({ timeout: 60_000 });
  const mine = async () => (await office(vendors)).labCases.filter((one) => one.Instructions.startsWith(number));
  expect(await mine()).toMatchObject([{ PatNum: GRACE.patNum, DateTimeSent: expect.not.stringMatching(/^0001/) }]);
  await chart(page).getByRole("button", { name: "Wrong patient? Take back" }).click();
  await expect(chart(page).getByRole("button", { name: "Find the patient" })).toBeVisible({ timeout: 60_000 });
  expect(await mine()).toEqual([]);
});
