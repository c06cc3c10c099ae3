/** Keeps the k best of a stream of scores: larger first, equal scores by ascending row. A binary heap with the worst on top. */
export class BestRows {
  private readonly rows: Int32Array;
  private readonly scores: Float32Array;
  private size = 0;

  constructor(private readonly k: number) {
    this.rows = new Int32Array(k);
    this.scores = new Float32Array(k);
  }

  /** Offers rows ids[0…n) (or first, first + 1, … without ids) with their scores. @param skip rows with a 1 are passed over, [n] */
  offer(scores: Float32Array, ids: Int32Array | null, first = 0, skip: Uint8Array | null = null): void {
    const { k } = this;
    for (let n = 0; n < scores.length; n++) {
      const s = scores[n]!;
      if (this.size === k && s < this.scores[0]!) continue;
      const row = ids ? ids[n]! : first + n;
      if (skip !== null && skip[row] === 1) continue;
      if (this.size < k) this.push(row, s);
      else if (s > this.scores[0]! || row < this.rows[0]!) this.replaceTop(row, s);
    }
  }

  result(): { rows: Int32Array; scores: Float32Array } {
    const order = Array.from({ length: this.size }, (_, n) => n).sort((a, b) => this.scores[b]! - this.scores[a]! || this.rows[a]! - this.rows[b]!);
    return { rows: Int32Array.from(order, (n) => this.rows[n]!), scores: Float32Array.from(order, (n) => this.scores[n]!) };
  }

  /** Whether place a is worse than place b. */
  private worse(a: number, b: number): boolean {
    return this.scores[a]! < this.scores[b]! || (this.scores[a] === this.scores[b] && this.rows[a]! > this.rows[b]!);
  }
  private swap(a: number, b: number): void {
    [this.rows[a], this.rows[b]] = [this.rows[b]!, this.rows[a]!];
    [this.scores[a], this.scores[b]] = [this.scores[b]!, this.scores[a]!];
  }
  private push(row: number, score: number): void {
    let at = this.size++;
    this.rows[at] = row;
    this.scores[at] = score;
    for (let up = (at - 1) >> 1; at > 0 && this.worse(at, up); at = up, up = (at - 1) >> 1) this.swap(at, up);
  }
  private replaceTop(row: number, score: number): void {
    this.rows[0] = row;
    this.scores[0] = score;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= this.size) return;
      const child = left + 1 < this.size && this.worse(left + 1, left) ? left + 1 : left;
      if (!this.worse(child, at)) return;
      this.swap(at, child);
      at = child;
    }
  }
}
