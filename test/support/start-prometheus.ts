import { type RunningProgram, startProgram } from './processes.ts';

interface PrometheusStart {
  readonly program: string;
  readonly port: number;
  /** Where its configuration lies, as opsctl has put it there. */
  readonly directory: string;
  /** For its samples. */
  readonly data: string;
}

/** A real Prometheus that may be reloaded, and answers. */
export async function startPrometheus({ program, port, directory, data }: PrometheusStart): Promise<RunningProgram> {
  return await startProgram({
    program,
    port,
    args: () => [
      `--config.file=${directory}/prometheus.yml`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-lifecycle',
    ],
    ready: '/-/ready',
  });
}
