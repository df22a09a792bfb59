import { setTimeout as delay } from 'node:timers/promises';

/** Values of an instant query by one label, asked again until `enough` of them are there. */
export async function queryUntil(
  port: number,
  expression: string,
  label: string,
  enough: (values: ReadonlyMap<string, number>) => boolean,
  timeoutMs: number,
): Promise<ReadonlyMap<string, number>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const values = await query(port, expression, label);
    if (enough(values)) return values;
    if (performance.now() > deadline)
      throw new Error(`${expression} gave ${JSON.stringify([...values])} after ${timeoutMs / 1000} s.`);
    await delay(200);
  }
}

/** The part of Prometheus' answer that is read here (HTTP API v1). */
interface QueryAnswer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [number, string];
    }[];
  };
}

async function query(port: number, expression: string, label: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?${new URLSearchParams({ query: expression })}`);
  const { data } = (await response.json()) as QueryAnswer;
  return new Map(data.result.map(({ metric, value }) => [metric[label] ?? '', Number(value[1])]));
}
