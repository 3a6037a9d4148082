import { expect, it } from "vitest";
import { toCsvRow } from "./to-csv-row.ts";

it("a name with commas, quotes and line breaks stays one field", () => {
  expect(toCsvRow(['Reyes, "Tom"\nLab', "7"])).toBe('"Reyes, ""Tom""\nLab","7"\r\n');
});

it.each(["=1+1", "+49 30", "-1", "@sum", "\tx"])("a member called %j cannot make a spreadsheet calculate", (name) => {
  expect(toCsvRow([name])).toBe(`"'${name}"\r\n`);
});
