import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { z } from "zod";
import type { AppointmentDocument } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { gone, requireLink, withAppointments } from "#lib/appointments/appointment-of-order.ts";
import type { sendDocumentBodySchema, sentDocumentSchema } from "#lib/appointments/appointment-schema.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { readOrderForChart } from "#lib/documents/chart-of-order.ts";
import { record } from "#lib/documents/match-patient.ts";
import { whenFree } from "#lib/documents/when-free.ts";
import { AppError } from "#lib/errors.ts";
import { findOrderForm } from "#lib/papers/find-order-form.ts";
import { printPapers } from "#lib/papers/print-papers.ts";
import { safeFileName } from "#lib/scans/safe-file-name.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { VendorError } from "#lib/vendors/error.ts";

type Kind = z.infer<typeof sendDocumentBodySchema>["kind"];
type Sent = z.infer<typeof sentDocumentSchema>;
type Link = Awaited<ReturnType<typeof requireLink>>;

/**
 * Sends the order form or the delivery note as the appointment's document, after looking that there is none: there can be one only, and
 * it may be somebody else's. Our own name of the file tells ours, so that trying again after a lost answer sends nothing twice.
 * @throws {AppError} forbidden, not_found, appointment_not_linked, appointment_gone, appointment_has_document, filing_in_progress {VendorError}
 */
export async function sendDocument(
  principal: Principal,
  orderId: string,
  { kind }: { kind: Kind },
  clock: Clock = systemClock,
): Promise<Sent> {
  requirePermission(principal, "decide");
  const order = await readOrderForChart(principal, orderId);
  await requireLink(principal, orderId);
  const bytes = await readPaper(principal, orderId, kind);
  return whenFree(orderId, async () => {
    const link = await requireLink(principal, orderId);
    const row = await begin(principal, link, kind, order.number, bytes);
    await carryOut(principal, link, row, bytes);
    const sentAt = clock.now();
    const { organisationId } = principal;
    await withOrganisation(organisationId, async (tx) => {
      await tx.appointmentDocument.update({ where: { id: row.id, organisationId }, data: { state: "sent", sentAt } });
      const facts = { linkId: link.id, what: kind, sha256: row.sha256 };
      await record(tx, principal, orderId, "appointment.document_sent", "appointment_document_sent", facts);
    });
    return { kind, name: row.name, sentAt: sentAt.toISOString() };
  });
}

async function readPaper(principal: Principal, orderId: string, kind: Kind): Promise<Buffer> {
  if (kind === "delivery_note") return (await printPapers(principal, "delivery_note", [orderId])).bytes;
  const form = await findOrderForm(principal, orderId);
  return "bytes" in form ? form.bytes : buffer(await objectStore().open(form.sha256));
}

/** The row exists before the call, so that a paper whose fate is not known is known to be so. */
async function begin(
  principal: Principal,
  link: Link,
  kind: Kind,
  number: string,
  bytes: Buffer,
): Promise<AppointmentDocument> {
  const { organisationId, userId } = principal;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const name = safeFileName(`${kind.replace("_", "-")}-${number}-${keyOf(link.id, kind)}.pdf`);
  return withOrganisation(organisationId, async (tx) => {
    const data = { organisationId, orderId: link.orderId, linkId: link.id, kind, name, sha256, sentBy: userId };
    await tx.appointmentDocument.createMany({ data: [data], skipDuplicates: true });
    return tx.appointmentDocument.findUniqueOrThrow({ where: { linkId_name: { linkId: link.id, name } } });
  });
}

/** Tells nothing, and is the same for the same paper of the same link. */
function keyOf(linkId: string, kind: Kind): string {
  return createHash("sha256")
    .update(JSON.stringify([linkId, kind]))
    .digest("hex")
    .slice(0, 10);
}

async function carryOut(principal: Principal, link: Link, row: AppointmentDocument, bytes: Buffer): Promise<void> {
  const { key } = link.visit.appointment;
  const look = () =>
    withAppointments(principal, link.connectionId, async (source, session, zone) =>
      source.document(session, await source.get(session, key, zone).catch(gone)),
    );
  const there = await look();
  if (there?.name === row.name) return;
  if (there) throw new AppError("appointment_has_document");
  try {
    await withAppointments(principal, link.connectionId, (source, session) =>
      source.addDocument(session, key, { name: row.name, bytes }),
    );
  } catch (error) {
    const isRefused = error instanceof VendorError && error.noEffect;
    const { organisationId } = principal;
    if (isRefused)
      await withOrganisation(organisationId, (tx) =>
        tx.appointmentDocument.update({ where: { id: row.id, organisationId }, data: { state: "failed" } }),
      );
    if (isRefused && error.kind === "conflict")
      throw new AppError("appointment_has_document", error.message, { cause: error });
    throw error;
  }
}
