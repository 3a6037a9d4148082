import type { BenchDatabase } from "./bench-database.ts";
import type { BenchLab } from "./fill-database.ts";
import { QUESTIONS, type Question } from "./questions.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 60);
const WARM_UP = 5;

export type ServerRow = {
  what: string;
  largeP50: number;
  largeP95: number;
  smallP50: number;
  smallP95: number;
};

/** The portal's own routes, asked with an API key, the large lab and the small one in turn. ms */
export async function measureServer(portal: string, { large, small }: BenchDatabase): Promise<ServerRow[]> {
  const rows: ServerRow[] = [];
  for (const question of QUESTIONS) rows.push(await measure(portal, question, large, small));
  return rows;
}

/** Both labs are asked for as many orders as the small one has, so that both answers are as long. */
async function measure(portal: string, question: Question, large: BenchLab, small: BenchLab): Promise<ServerRow> {
  const { items } = await ask(portal, question, small, 50);
  const limit = Math.min(Math.max(items, 1), 50);
  const times: Record<"large" | "small", number[]> = { large: [], small: [] };
  for (let i = -WARM_UP; i < ROUNDS; i++)
    for (const [size, lab] of [
      ["large", large],
      ["small", small],
    ] as const) {
      const { took } = await ask(portal, question, lab, limit);
      if (i >= 0) times[size].push(took);
    }
  return {
    what: question.what,
    largeP50: quantile(times.large, 0.5),
    largeP95: quantile(times.large, 0.95),
    smallP50: quantile(times.small, 0.5),
    smallP95: quantile(times.small, 0.95),
  };
}

async function ask(portal: string, question: Question, lab: BenchLab, limit: number) {
  const began = performance.now();
  const answer = await fetch(`${portal}${question.path(lab, limit)}`, {
    headers: { authorization: `Bearer ${lab.apiKey}` },
  });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${question.what}: ${answer.status} ${body.slice(0, 200)}`);
  return { took: performance.now() - began, items: (JSON.parse(body) as { items: unknown[] }).items.length };
}

/** @param share 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
