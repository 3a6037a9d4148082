import type { ChartFiling } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { makeChartLink } from "#lib/documents/chart-links.ts";
import {
  type ConfirmedMatch,
  type OrderForChart,
  readOrderForChart,
  requireMatch,
  requireSamePatient,
  withCharts,
} from "#lib/documents/chart-of-order.ts";
import type { FilingDetails, FilingView } from "#lib/documents/document-schema.ts";
import { record } from "#lib/documents/match-patient.ts";
import { keyOfPaper } from "#lib/documents/paper-key.ts";
import { type PaperContent, readPaper } from "#lib/documents/read-paper.ts";
import { whenFree } from "#lib/documents/when-free.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { withDropAccount } from "#lib/sftp-drop/drop-accounts.ts";
import { isFdi } from "#lib/teeth/tooth.ts";
import type { ChartFile, DocumentStore } from "#lib/vendors/document-store.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

type Paper = ChartFile & { bytes: Buffer; extension: string; dedupeKey: string; sha256: string };

/**
 * Files a paper of an order into the chart of its confirmed patient. The same paper is filed once: a key of it stands in the
 * description at the practice, and the chart is looked through for it before anything is written, so that trying again after any
 * failure is safe.
 * @param file absent for papers that the portal has or makes itself
 * @throws {AppError} forbidden, not_found, chart_not_matched, patient_changed, unsupported_format, filing_in_progress, reconnect_needed {VendorError}
 */
export async function fileIntoChart(
  principal: Principal,
  orderId: string,
  details: FilingDetails,
  file?: File,
  clock: Clock = systemClock,
): Promise<FilingView> {
  requirePermission(principal, "decide");
  const order = await readOrderForChart(principal, orderId);
  await requireMatch(principal, orderId);
  const content = await readPaper(principal, order, details.kind, file);
  return whenFree(orderId, async () => {
    // The match is read in our turn: it may have been taken back while we waited.
    const match = await requireMatch(principal, orderId);
    const paper = toPaper(order, match, details, content);
    const begun = await begin(principal, match, details.kind, paper);
    return toFilingView(await carryOut(principal, match, begun, paper, clock));
  });
}

/** What was filed for an order, newest first. @throws {AppError} forbidden */
export async function listFilings(principal: Principal, orderId: string): Promise<{ items: FilingView[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    if ((await tx.order.count({ where: { id: orderId, organisationId } })) === 0) throw new AppError("not_found");
    const rows = await tx.chartFiling.findMany({ where: { orderId, organisationId }, orderBy: { createdAt: "desc" } });
    return { items: rows.map(toFilingView) };
  });
}

function toPaper(
  order: OrderForChart,
  match: ConfirmedMatch,
  details: FilingDetails,
  { bytes, extension, sha256, identity }: PaperContent,
): Paper {
  const dedupeKey = keyOfPaper(order.id, details.kind, identity);
  const teeth = details.teeth ?? order.restorations.flatMap(({ tooth }) => tooth?.fdi ?? []);
  return {
    patientKey: match.patient.key,
    description: `${details.description || order.number} [${dedupeKey}]`,
    categoryKey: details.category ?? null,
    imageType: details.imageType ?? (details.kind === "picture" ? "photo" : "document"),
    teeth: [...new Set(teeth)].filter(isFdi),
    bytes,
    extension,
    dedupeKey,
    sha256,
  };
}

/** The row exists before the first call, so that a paper whose fate is not known is known to be so. */
async function begin(principal: Principal, match: ConfirmedMatch, kind: string, paper: Paper): Promise<ChartFiling> {
  const { organisationId, userId } = principal;
  const { dedupeKey, sha256 } = paper;
  return withOrganisation(organisationId, async (tx) => {
    await tx.chartFiling.createMany({
      data: [{ organisationId, orderId: match.orderId, matchId: match.id, kind, sha256, dedupeKey, filedBy: userId }],
      skipDuplicates: true,
    });
    return tx.chartFiling.findUniqueOrThrow({ where: { matchId_dedupeKey: { matchId: match.id, dedupeKey } } });
  });
}

async function carryOut(
  principal: Principal,
  match: ConfirmedMatch,
  filing: ChartFiling,
  paper: Paper,
  clock: Clock,
): Promise<ChartFiling> {
  const { organisationId } = principal;
  try {
    const documentKey = await fileOnce(principal, match, paper);
    // Filed once already, and still there: nothing happened.
    if (filing.state === "filed" && filing.documentKey === documentKey) return filing;
    return await withOrganisation(organisationId, async (tx) => {
      await record(tx, principal, match.orderId, "chart.filed", "chart_filed", {
        filingId: filing.id,
        matchId: match.id,
        sha256: paper.sha256,
      });
      const data = { state: "filed", problem: null, documentKey, filedAt: clock.now() };
      return tx.chartFiling.update({ where: { id: filing.id, organisationId }, data });
    });
  } catch (error) {
    const isRefused = error instanceof VendorError ? error.noEffect : error instanceof AppError;
    const data = { state: isRefused ? "failed" : "sending", problem: error instanceof VendorError ? error.kind : null };
    await withOrganisation(organisationId, (tx) =>
      tx.chartFiling.update({ where: { id: filing.id, organisationId }, data }),
    );
    throw error;
  }
}

/** Looks, writes where nothing is there, and looks again for the number that older versions do not tell. */
async function fileOnce(principal: Principal, match: ConfirmedMatch, paper: Paper): Promise<string> {
  const look = () =>
    withCharts(principal, match.connectionId, (charts, session, zone) => findPaper(charts, session, paper, zone));
  const there = await look();
  if (there) return there;
  const written = await withCharts(principal, match.connectionId, async (charts, session) => {
    await requireSamePatient(charts, session, match);
    const category = paper.categoryKey ?? (await proposedCategory(charts, session));
    return write(principal, match, charts, session, { ...paper, categoryKey: category });
  });
  const key = written ?? (await look().catch(inDoubt));
  if (!key) throw new VendorError("bad_content", "charts", "filed, and then not in the list", { noEffect: false });
  return key;
}

/** The paper was written; whatever goes wrong now, it is not as if nothing had happened. */
function inDoubt(error: unknown): never {
  if (!(error instanceof VendorError)) throw error;
  const { kind, vendor, message, status, retryAfterMs } = error;
  throw new VendorError(kind, vendor, message, { status, retryAfterMs, noEffect: false, cause: error });
}

async function findPaper(charts: DocumentStore, session: VendorSession, paper: Paper, zone: string) {
  const documents = await charts.list(session, paper.patientKey, zone);
  return documents.find(({ kind, description }) => kind === "document" && description.includes(paper.dedupeKey))?.key;
}

async function proposedCategory(charts: DocumentStore, session: VendorSession): Promise<string | null> {
  return (await charts.categories(session)).find(({ isProposed }) => isProposed)?.key ?? null;
}

/** Inside the call; too large for that by SFTP, or where the portal has no site by a link of ours. */
async function write(
  principal: Principal,
  { connectionId, orderId }: ConfirmedMatch,
  charts: DocumentStore,
  session: VendorSession,
  { bytes, extension, dedupeKey: _key, sha256: _hash, ...file }: Paper,
): Promise<string | null> {
  if (bytes.length <= charts.limitBytes) return charts.upload(session, { ...file, bytes, extension });
  if (!env().SFTP_DROP_HOST)
    return charts.link(session, file, await makeChartLink(principal, orderId, { bytes, extension }));
  return withDropAccount(principal, connectionId, "fetch", async ({ folder, addressOf }) => {
    const site = addressOf(`paper${extension}`);
    await folder.write(site.path, bytes);
    return charts.pull(session, file, site);
  });
}

function toFilingView(row: ChartFiling): FilingView {
  return {
    id: row.id,
    kind: row.kind as FilingView["kind"],
    state: row.state as FilingView["state"],
    problem: row.problem,
    documentKey: row.documentKey,
    createdAt: row.createdAt.toISOString(),
    filedAt: row.filedAt?.toISOString() ?? null,
  };
}
