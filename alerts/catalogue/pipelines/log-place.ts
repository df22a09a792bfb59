import type { PipelineBackend, PipelineTest } from 'opsctl';

/** Where the files of a ready pipeline are, and what runs it. */
export interface LogPlace {
  /** Another id, where one stack collects twice with one ready pipeline. */
  readonly id?: string;
  /** `{host}` stands for the sender: `/var/log/remote/{host}/auth.log`. Without it, all is of the one item that is collected. */
  readonly path?: string;
  readonly with?: Exclude<PipelineBackend, 'prometheus'>;
}

/** The sender that a path names, as a field of a pipeline. */
export function senderOf(path: string): { readonly sender?: string } {
  return path.includes('{host}') ? { sender: 'host' } : {};
}

/** A test as it is where the files are: its series have the sender `srv-1` where the path names one. */
export function testAt(path: string, test: PipelineTest): PipelineTest {
  const at = { ...test, path: path.replace(/\{\w+\}/g, 'srv-1').replaceAll('*', '1') };
  if (path.includes('{host}')) return at;
  const metrics = Object.entries(test.metrics ?? {}).map(([series, value]) => {
    const bare = series
      .replace(/,?sender="[^"]*"/, '')
      .replace('{,', '{')
      .replace('{}', '');
    return [bare, value] as const;
  });
  return { ...at, metrics: Object.fromEntries(metrics) };
}
