import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log/log.ts";
import { readOrder } from "#lib/orders/read-order.ts";
import { recordOrderAct } from "#lib/orders/record-order-act.ts";
import { drawCase } from "#lib/scans/draw-case.ts";
import { safeFileName } from "#lib/scans/safe-file-name.ts";
import { drawDeliveryNote } from "./delivery-note.ts";
import { drawLabelSheets, drawSingleLabels, SINGLE_LABEL } from "./labels.ts";
import { drawOrderForm } from "./order-form.ts";
import { finishPaper, MM, type Paper, startPaper } from "./paper.ts";
import type { PaperKind, PaperLook } from "./paper-schema.ts";
import { type PaperWords, paperWords } from "./paper-words.ts";
import type { PrintedOrder } from "./printed-order.ts";
import { drawWorkTicket } from "./work-ticket.ts";

const MARGIN = 14 * MM;
/** Pixels: sharp at 6 cm on paper. */
const PICTURE = { width: 720, height: 480 };
const TITLES = {
  work_ticket: "workTicket",
  order_form: "orderForm",
  delivery_note: "deliveryNote",
  label: "labels",
} as const satisfies Record<PaperKind, string>;

const PLAIN: PaperLook = { on: "single", from: 1, copies: 1 };

/**
 * A paper of one or more orders as a PDF, in the reader's language and notation. Audited for each order. The same order on the same
 * day gives the same bytes.
 * @throws {AppError} forbidden; not_found when one of the orders is not this organisation's
 */
export async function printPapers(
  principal: Principal,
  kind: PaperKind,
  orderIds: readonly string[],
  look: PaperLook = PLAIN,
  clock: Clock = systemClock,
): Promise<{ name: string; bytes: Buffer }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const { orders, timeZone } = await withOrganisation(organisationId, async (tx) => ({
    orders: await readAll(tx, principal, kind, orderIds),
    timeZone: (await tx.organisation.findUniqueOrThrow({ where: { id: organisationId } })).timeZone,
  }));
  const words = paperWords(principal, timeZone);
  if (kind === "work_ticket")
    await Promise.all(orders.map(async (order) => (order.picture = await findPicture(organisationId, order.order.id))));
  // Letter is what printers in the Americas hold; everybody else's hold A4.
  const size = timeZone.startsWith("America/") ? "letter" : "a4";
  const title = words.t(TITLES[kind]);
  const about = orders.length === 1 ? orders[0]!.order.number : "";
  const single = kind === "label" && look.on === "single";
  const paper = startPaper(
    [title, about].filter(Boolean).join(" "),
    single ? SINGLE_LABEL : size,
    single ? 3 * MM : MARGIN,
    clock.now(),
    words.locale,
  );
  const copies = orders.flatMap((order) => Array.from({ length: look.copies }, () => order));
  if (single) drawSingleLabels(paper, words, copies);
  else if (kind === "label") drawLabelSheets(paper, words, copies, size, look.from);
  else for (const order of copies) drawPages(paper, words, kind, order, clock.now());
  const bytes = await finishPaper(paper);
  return { name: safeFileName(`${[about, title].filter(Boolean).join(" ")}.pdf`), bytes };
}

function drawPages(paper: Paper, words: PaperWords, kind: Exclude<PaperKind, "label">, order: PrintedOrder, at: Date) {
  if (kind === "work_ticket") drawWorkTicket(paper, words, order);
  else if (kind === "order_form") drawOrderForm(paper, words, order);
  else drawDeliveryNote(paper, words, order, at);
}

async function readAll(
  tx: TenantTransaction,
  principal: Principal,
  kind: PaperKind,
  orderIds: readonly string[],
): Promise<PrintedOrder[]> {
  const orders: PrintedOrder[] = [];
  for (const id of orderIds) {
    const { order } = await readOrder(tx, principal, id);
    await recordOrderAct(tx, principal, order.id, { action: "order.printed", kind: "printed", facts: { what: kind } });
    orders.push({ order, address: `${env().PORTAL_URL}/orders/${order.id}`, picture: null });
  }
  return orders;
}

/** The scans as they lie, where there are any: without their picture a ticket is still one. */
async function findPicture(organisationId: string, orderId: string): Promise<Buffer | null> {
  try {
    const png = await drawCase(organisationId, orderId, PICTURE);
    return png && Buffer.from(png);
  } catch (error) {
    log.warn({ orderId, err: error }, "work ticket without a picture");
    return null;
  }
}
