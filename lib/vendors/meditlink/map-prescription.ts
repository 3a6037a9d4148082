import type { Restoration } from "#lib/orders/order-schema.ts";
import { parseTooth, toothOf } from "#lib/teeth/tooth.ts";
import type { MeditlinkCase } from "#lib/vendors/meditlink/schemas.ts";
import type { VendorOrder } from "#lib/vendors/vendor.ts";

type FormItem = NonNullable<MeditlinkCase["formInformation"]>["items"][number];

/** Appendix A, Case Form Information Type. `TEETH` is in the samples; the arch's code is lost, so both likely words are taken. */
export function mapForm(type: string | null | undefined): VendorOrder["form"] {
  switch (type?.toUpperCase()) {
    case "TEETH":
      return "teeth";
    case "ARCH":
    case "JAW":
      return "arch";
    case "MULTI_DIE":
      return "multi_die";
    case "FLEXIBLE_MULTI_DIE":
      return "flexible_multi_die";
    default:
      return "other";
  }
}

/** One item of the form. Codes are kept beside the vendor's display names; what is no FDI tooth is kept as the vendor wrote it. */
export function mapRestoration(item: FormItem): Restoration {
  const fdi = item.toothNo === null ? null : parseTooth(item.toothNo, "fdi");
  return {
    tooth: fdi === null ? null : toothOf(fdi),
    // 0 stands for "no tooth" in forms by arch and by die.
    toothText: fdi === null && item.toothNo !== "0" ? item.toothNo : null,
    jaw: jawOfCode(item.jawType),
    dieNumber: item.multiDieNo === 0 ? null : item.multiDieNo,
    type: item.categoryDisplayName ?? item.category,
    typeCode: item.category,
    method: item.methodDisplayName ?? item.method,
    methodCode: item.method,
    material: item.materialDisplayName ?? item.material,
    materialCode: item.material,
    shade: item.shade?.toUpperCase() === "NONE_SHADE" ? null : item.shade,
  };
}

/** Bridges as the vendor lists them, also where they contradict the form; entries that are no whole number are left out. */
export function mapBridges(bridges: MeditlinkCase["bridges"]): number[][] {
  return bridges
    .map((teeth) => teeth.map((tooth) => (tooth === "" ? Number.NaN : Number(tooth))).filter(Number.isInteger))
    .filter((teeth) => teeth.length > 0);
}

/** Appendix A, Jaw Type: maxilla and mandible; the codes are lost, "" occurs. */
function jawOfCode(code: string | null): "upper" | "lower" | null {
  if (/^(maxilla|upper)/i.test(code ?? "")) return "upper";
  if (/^(mandib|lower)/i.test(code ?? "")) return "lower";
  return null;
}
