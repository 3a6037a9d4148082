/** Bytes in the unit people read, by thousands as operating systems' file managers and vendors count. */
export function formatBytes(
  bytes: number,
  print: (value: number, unit: "byte" | "kilobyte" | "megabyte" | "gigabyte") => string,
): string {
  if (bytes < 1e3) return print(bytes, "byte");
  if (bytes < 1e6) return print(bytes / 1e3, "kilobyte");
  return bytes < 1e9 ? print(bytes / 1e6, "megabyte") : print(bytes / 1e9, "gigabyte");
}
