import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyTemplate, NAME_TOKENS, type NameValues, unknownTokens } from "./name-template.ts";

const values: NameValues = {
  number: "1045882",
  clinic: "Davis Dental",
  lab: "OneLab",
  case: "Ada's Case",
  patient: "Ada Lovelace",
  patient_code: "P-7",
  jaw: "upper",
  kind: "scan",
  name: "maxilla",
  received: "2026-11-20",
  due: "2026-12-01",
  portal: "MeditLink",
};

describe("a naming template", () => {
  it("names files by what is known of the order, and folders by its slashes", () => {
    expect(applyTemplate("{number}_{clinic}_{jaw}", values)).toBe("1045882_Davis Dental_upper");
    expect(applyTemplate("{clinic}/{number} {due}/{jaw}", values)).toBe("Davis Dental/1045882 2026-12-01/upper");
  });

  it("leaves out what is not known, with the marks around it", () => {
    expect(applyTemplate("{jaw}_{name}", { ...values, jaw: "" })).toBe("maxilla");
    expect(applyTemplate("{number}_{patient_code}", { ...values, patient_code: "" })).toBe("1045882");
    expect(applyTemplate("{patient_code}", { ...values, patient_code: "" })).toBe("maxilla");
  });

  it("says which tokens there are not", () => {
    expect(unknownTokens("{number} {teeth} {}")).toEqual(["teeth", ""]);
    expect(unknownTokens(NAME_TOKENS.map((token) => `{${token}}`).join("-"))).toEqual([]);
  });

  it("leads nowhere but down, whatever an order is called", () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom("..", "../..", "C:\\x", "/etc", "con", "a/b", "\u202egnp", " . "),
    );
    fc.assert(
      fc.property(fc.record(Object.fromEntries(NAME_TOKENS.map((token) => [token, text]))), text, (given, template) => {
        const name = applyTemplate(`${template}{name}/{case}_{jaw}`, given as NameValues);
        const parts = name.split("/");
        expect(name.startsWith("/")).toBe(false);
        expect(parts.length).toBeLessThanOrEqual(4);
        for (const part of parts) {
          expect(part).not.toMatch(/^\.*$|[\\:*?"<>|\u202e]|^ | $/);
          expect(part.length).toBeLessThanOrEqual(120);
        }
      }),
    );
  });
});
