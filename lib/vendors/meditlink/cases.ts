import { getCase, searchCases } from "#lib/vendors/meditlink/api/cases.ts";
import { completenessOf, mapFiles } from "#lib/vendors/meditlink/map.ts";
import { mapBridges, mapForm, mapRestoration } from "#lib/vendors/meditlink/map-prescription.ts";
import { caseSchema, type MeditlinkCase } from "#lib/vendors/meditlink/schemas.ts";
import { parseVendorDate } from "#lib/vendors/parse-vendor-date.ts";
import type { CaseQuery, CaseSource, VendorCase, VendorWholeCase } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Cases of the group, ordered for or not. */
export const cases: CaseSource = {
  // Appendix A, Case Status: the two codes in the guide's samples and the likely words of the rest (README, assumption 4).
  statuses: ["FORM", "SCAN", "CAD", "CAM", "MILL", "COMPLETE"],
  search,
  get: async (session, key) => mapWholeCase(await getCase(session, key)),
};

async function search(session: VendorSession, query: CaseQuery): Promise<{ total: number; cases: VendorCase[] }> {
  const page = await searchCases(session, {
    size: query.pageSize,
    page: query.page,
    ...(query.createdFrom ? { start: query.createdFrom.getTime() } : {}),
    ...(query.createdTo ? { end: query.createdTo.getTime() } : {}),
    ...(query.name ? { name: query.name } : {}),
    ...(query.status ? { status: query.status } : {}),
    ...(query.patientCode ? { patientCode: query.patientCode } : {}),
  });
  const found = page.content.flatMap((row) => {
    const parsed = caseSchema.safeParse(row);
    return parsed.success ? [mapCase(parsed.data)] : [];
  });
  return { total: page.totalElements, cases: found };
}

/** §3.3.1 `content[]` */
export function mapCase(theCase: MeditlinkCase & { uuid: string }): VendorCase {
  return {
    key: theCase.uuid,
    name: theCase.name,
    status: theCase.status ?? "",
    completeness: completenessOf(theCase.status),
    patientName: theCase.patient?.name ?? null,
    patientCode: theCase.patient?.code ?? null,
    tags: theCase.tags,
    createdAt: parseVendorDate(theCase.dateCreated).at,
    updatedAt: parseVendorDate(theCase.dateUpdated).at,
    scannedAt: parseVendorDate(theCase.dateScanned).at,
  };
}

/** §3.3.2 */
export function mapWholeCase(theCase: MeditlinkCase & { uuid: string }): VendorWholeCase {
  return {
    ...mapCase(theCase),
    form: mapForm(theCase.formInformation?.type),
    restorations: theCase.formInformation?.items.map(mapRestoration) ?? [],
    bridges: mapBridges(theCase.bridges),
    files: mapFiles(theCase),
  };
}
