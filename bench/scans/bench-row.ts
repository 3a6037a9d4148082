/** One line of the table. */
export type Row = {
  what: string;
  measured: number;
  /** What must be reached; null for what is only told. */
  must: number | null;
  unit: "%" | "x" | "µm" | "B" | "ms" | "";
  detail: string;
};

/** One number as a share of another, with both named. @param must percent */
export function shareRow(what: string, part: number, of: number, must: number | null, unit: string): Row {
  const detail = `${format(part)} / ${format(of)} ${unit}`;
  return { what, measured: (100 * part) / of, must, unit: "%", detail };
}

function format(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
}

export function printRow({ what, measured, must, unit, detail }: Row): void {
  const verdict = must === null ? "    " : measured <= must ? "ok  " : "MISS";
  const wish = must === null ? "" : `must ≤ ${must}`;
  console.log(
    `${verdict} ${what.padEnd(46)} ${measured.toFixed(3).padStart(9)} ${unit.padEnd(2)} ${wish.padEnd(12)} ${detail}`,
  );
}
