/** What the vendors were asked: kept in memory, read through the control port. */

export interface CallRecord {
  seq: number;
  at: string;
  vendor: string;
  method: string;
  path: string;
  status: number;
  ms: number;
  fault?: string;
  violations: string[];
}

export interface TokenCallRecord {
  seq: number;
  at: string;
  vendor: "meditlink" | "cadmus" | "medisync";
  grant: string;
  account: string | null;
  status: number;
  outcome: string;
}

const KEEP = 200_000;

export class CallLog {
  #calls: CallRecord[] = [];
  #tokenCalls: TokenCallRecord[] = [];
  #seq = 0;

  /** Records a call; the caller may still complete the returned record. */
  add(call: Omit<CallRecord, "seq">): CallRecord {
    const record = { seq: ++this.#seq, ...call };
    this.#calls.push(record);
    if (this.#calls.length > KEEP) this.#calls.splice(0, KEEP / 10);
    return record;
  }

  addTokenCall(call: Omit<TokenCallRecord, "seq">): void {
    this.#tokenCalls.push({ seq: ++this.#seq, ...call });
    if (this.#tokenCalls.length > KEEP) this.#tokenCalls.splice(0, KEEP / 10);
  }

  since(seq: number): CallRecord[] {
    return this.#calls.filter((call) => call.seq > seq);
  }

  tokenCallsSince(seq: number): TokenCallRecord[] {
    return this.#tokenCalls.filter((call) => call.seq > seq);
  }

  violations(): { seq: number; at: string; vendor: string; method: string; path: string; sentence: string }[] {
    return this.#calls.flatMap(({ seq, at, vendor, method, path, violations }) =>
      violations.map((sentence) => ({ seq, at, vendor, method, path, sentence })),
    );
  }

  clear(): void {
    this.#calls = [];
    this.#tokenCalls = [];
  }
}
