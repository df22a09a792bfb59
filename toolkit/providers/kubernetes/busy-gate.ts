/** Let in by the gate; `width` tells the calls apart that were sent before it was narrowed. */
export interface Passage {
  readonly generation: number;
}

/** Trying for more costs a refusal where there is no more, so it is not tried at once. */
const roundsBeforeMore = 8;

/**
 * Lets as many calls through at a time as the server takes. All, until it says that it is busy: then half of those that
 * were under way, and one more after some rounds of calls without such a word. So a server that gives this caller
 * one seat of its priority and fairness is asked by one call after the other, and not by thirty that it has to turn away.
 *
 *     32 under way, 31 refused -> 16 -> 8 -> 4 -> 2 -> 1, and from there 2, 3, ... while none is refused
 *
 * The refusals of one burst count once, for they say one thing.
 */
export class BusyGate {
  #width = Number.POSITIVE_INFINITY;
  #generation = 0;
  #underWay = 0;
  #calm = 0;
  readonly #waiting: (() => void)[] = [];

  async enter(): Promise<Passage> {
    if (this.#underWay >= this.#width) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#underWay += 1;
    return { generation: this.#generation };
  }

  leave({ generation }: Passage, isBusy: boolean): void {
    if (isBusy) this.#narrow(generation);
    else this.#widen();
    this.#underWay -= 1;
    // A place is handed on rather than given back, so that nobody comes in between.
    while (this.#waiting.length > 0 && this.#underWay < this.#width) {
      this.#underWay += 1;
      this.#waiting.shift()?.();
    }
  }

  #narrow(generation: number): void {
    this.#calm = 0;
    if (generation !== this.#generation) return;
    this.#generation += 1;
    this.#width = Math.max(1, Math.floor(Math.min(this.#width, this.#underWay) / 2));
  }

  #widen(): void {
    this.#calm += 1;
    if (this.#calm < this.#width * roundsBeforeMore) return;
    this.#calm = 0;
    this.#width += 1;
  }
}
