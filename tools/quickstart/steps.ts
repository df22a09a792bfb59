import { styleText } from 'node:util';

/** Prints what is going on: one line a step, with the time it took, and what there is to see below it. */
export class Steps {
  readonly #started = performance.now();
  #number = 0;

  /** Runs one step; a failure is printed where it happened and goes on up. */
  async run<Value>(title: string, work: (note: (line: string) => void) => Promise<Value>): Promise<Value> {
    this.#number += 1;
    const started = performance.now();
    const notes: string[] = [];
    try {
      const value = await work((line) => notes.push(line));
      this.#print(title, started, notes);
      return value;
    } catch (error) {
      this.#print(`${title} — failed`, started, notes);
      throw error;
    }
  }

  say(line: string): void {
    process.stdout.write(`${line}\n`);
  }

  totalSeconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  #print(title: string, started: number, notes: readonly string[]): void {
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
    const head = `${String(this.#number).padStart(2)}  ${title}`;
    this.say(`${strong(head)}  ${styleText('dim', `${seconds.trim()} s`)}`);
    for (const note of notes) this.say(note.replaceAll(/^/gm, '      '));
  }
}

function strong(text: string): string {
  return styleText('bold', text);
}
