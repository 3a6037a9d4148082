import { ConversionPool } from "./conversion-pool.ts";

let pool: ConversionPool | undefined;

/** The conversion threads of this process. */
export function conversionPool(): ConversionPool {
  pool ??= new ConversionPool();
  return pool;
}

/** Ends the threads; the next {@link conversionPool} starts new ones. */
export async function closeConversionPool(): Promise<void> {
  const open = pool;
  pool = undefined;
  await open?.close();
}
