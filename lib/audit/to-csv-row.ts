/** What a spreadsheet would take for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** One record of RFC 4180, every field quoted; a field that a spreadsheet would run is told to be text. */
export function toCsvRow(fields: readonly string[]): string {
  const cells = fields.map((field) => `"${(FORMULA.test(field) ? `'${field}` : field).replaceAll('"', '""')}"`);
  return `${cells.join(",")}\r\n`;
}
