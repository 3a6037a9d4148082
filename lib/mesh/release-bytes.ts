/**
 * Gives the memory of bytes back that nobody reads any more: engines collect large arrays late, and until then several scans pile up.
 * Where an engine cannot, it collects them in its own time.
 */
export function releaseBytes({ buffer }: ArrayBufferView): void {
  if (buffer instanceof ArrayBuffer && "transfer" in buffer) buffer.transfer(0);
}
