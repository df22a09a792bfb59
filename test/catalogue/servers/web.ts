import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readUntil } from '../../support/measured-servers.ts';
import { freePort } from '../../support/processes.ts';
import { realPrograms } from '../../support/programs.ts';
import { exporter, type Measured, scratchFolder, server } from './measured.ts';

export const nginxPrograms = realPrograms(['nginx', 'prometheus-nginx-exporter']);
export const haproxyPrograms = realPrograms(['haproxy']);

/** An nginx that serves nothing but its status. */
export async function measureNginx(): Promise<Measured> {
  const folder = await scratchFolder();
  const port = await freePort();
  mkdirSync(join(folder, 'logs'));
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = places.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ');
  const config = join(folder, 'nginx.conf');
  await writeFile(
    config,
    `daemon off; error_log stderr; pid ${folder}/pid; events {} http { access_log off; ${paths} server { listen 127.0.0.1:${port}; location / { stub_status; } } }\n`,
  );
  const args = ['-p', folder, '-c', config];
  const running = server({ program: nginxPrograms.path('nginx'), args, name: 'nginx' });
  const page = `http://127.0.0.1:${port}/`;
  // The exporter gives up at its start when there is no page.
  await readUntil(page, ['server accepts handled requests'], running);
  const url = await exporter(nginxPrograms.path('prometheus-nginx-exporter'), (own) => [
    `-web.listen-address=127.0.0.1:${own}`,
    `-nginx.scrape-uri=${page}`,
  ]);
  return {
    page: await readUntil(url, ['nginx_up 1'], running),
    afterStop: async (lines) => {
      await running.stop();
      return readUntil(url, lines, running);
    },
  };
}

/** A backend of two servers, one of which nobody listens on. */
export async function measureHaproxy(): Promise<Measured> {
  const folder = await scratchFolder();
  const [metrics, web] = [await freePort(), await freePort()];
  const config = join(folder, 'haproxy.cfg');
  await writeFile(config, haproxyConfig(metrics, web));
  const args = ['-f', config, '-db'];
  const running = server({ program: haproxyPrograms.path('haproxy'), args, name: 'haproxy' });
  const failed = 'haproxy_server_status{proxy="app",server="bad",state="DOWN"} 1';
  return { page: await readUntil(`http://127.0.0.1:${metrics}/metrics`, [failed], running) };
}

function haproxyConfig(metrics: number, web: number): string {
  return `defaults
  mode http
  timeout connect 1s
  timeout client 5s
  timeout server 5s
frontend web
  bind 127.0.0.1:${web}
  default_backend app
backend app
  server good 127.0.0.1:${metrics} check
  server bad 127.0.0.1:1 check inter 100ms
frontend metrics
  bind 127.0.0.1:${metrics}
  http-request use-service prometheus-exporter if { path /metrics }
`;
}
