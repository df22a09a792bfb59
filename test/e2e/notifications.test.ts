import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MailSink, startMailSink } from '../support/mail-sink.ts';
import { makeWorkplace } from '../support/opsctl.ts';
import { type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';
import { startWecom, type Wecom } from '../support/wecom.ts';

const programs = realPrograms(['alertmanager']);
const { folder, opsctl, edit, remove } = makeWorkplace();
const directory = join(folder, 'out/plant-1/alertmanager');
const secrets = { WECOM_SECRET: 'of the corporation' };

let mail: MailSink;
let wecom: Wecom;
let server: RunningProgram | null = null;

/** Channels that Alertmanager serves itself, of a team that the repository made by `init` has. */
function nameChannels(): void {
  const file = join(folder, 'cmdb/organisation/index.ts');
  const channels = `[
        { kind: 'email', to: 'duty@plant-1.example', from: 'alerts@plant-1.example', smarthost: '${mail.address}', requireTls: false },
        { kind: 'wecom', corporationId: 'corp-1', agentId: '1000002', apiSecret: { $secret: 'env:WECOM_SECRET' }, toParty: '7', apiUrl: '${wecom.url}' },
      ]`;
  edit(file, "[{ kind: 'webhook', url: 'https://duty.plant-1.example/alerts' }]", channels);
  // Alertmanager waits half a minute for other alerts of a group.
  edit(join(folder, 'stacks/bindings/lab.yaml'), 'environment: lab', 'environment: lab\nspeed: 30');
}

async function fire(items: readonly string[], alertname = 'HostDown'): Promise<void> {
  const labels = {
    ...{ alertname, severity: 'critical', team: 'plant-1-ops', tier: 'L3', site: 'plant-1', tenant: 'none' },
    ...{ class: 'host', criticality: 'high' },
  };
  const annotations = {
    summary_en: 'Host is down.',
    summary_zh: '主机宕机。',
    runbook_url: 'https://runbooks.example/x',
  };
  const alerts = items.map((item) => ({ labels: { ...labels, item }, annotations }));
  const answer = await fetch(`${server?.url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  });
  expect(answer.status).toBe(200);
}

describe.skipIf(!programs.available)(programs.title('notifications that Alertmanager sends itself'), () => {
  beforeAll(async () => {
    [mail, wecom] = await Promise.all([startMailSink(), startWecom('corp-1', secrets.WECOM_SECRET)]);
    opsctl('init');
    nameChannels();
    const applied = opsctl('apply --yes', secrets);
    expect(applied).toMatchObject({ status: 0 });
    server = await startProgram({
      program: programs.path('alertmanager'),
      args: (port) => [
        `--config.file=${directory}/alertmanager.yml`,
        `--storage.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      ready: '/-/ready',
    });
  });

  afterAll(async () => {
    await server?.stop();
    await Promise.all([mail.stop(), wecom.stop()]);
    remove();
  });

  it('reach a mailbox in both languages, with what to do', async () => {
    await fire(['mes-1']);
    await expect.poll(() => mail.mails.length, { timeout: 60_000 }).toBe(1);
    const [sent] = mail.mails;
    expect(sent?.to).toEqual(['duty@plant-1.example']);
    const text = decodeQuotedPrintable(sent?.text ?? '');
    expect(text).toContain('Subject: [FIRING:1] plant-1 HostDown mes-1');
    expect(text).toMatch(
      /\[FIRING\] critical HostDown\s+主机宕机。\s+Host is down\.\s+L3 \/ plant-1 \/ none \/ plant-1-ops/,
    );
    expect(text).toContain('https://runbooks.example/x');
    expect(text).not.toContain('text/html');
  });

  it('reach WeCom with the secret that the repository only names', async () => {
    await expect.poll(() => wecom.messages.length, { timeout: 60_000 }).toBe(1);
    expect(wecom.messages).toMatchObject([
      {
        token: 'token-of-the-stand-in',
        body: {
          msgtype: 'text',
          agentid: '1000002',
          toparty: '7',
          text: { content: expect.stringContaining('[FIRING] critical HostDown\n主机宕机。\nHost is down.') },
        },
      },
    ]);
  });

  it('stay short enough for WeCom when much is down, and say how much', async () => {
    const before = wecom.messages.length;
    await fire(
      Array.from({ length: 30 }, (_, index) => `mes-with-a-long-name-${index}`),
      'HostUnreachable',
    );
    await expect.poll(() => wecom.messages.length, { timeout: 60_000 }).toBeGreaterThan(before);
    const body = wecom.messages.at(-1)?.body;
    const { text } = (body ?? {}) as { readonly text: { readonly content: string } };
    expect(text.content).toContain('共 30 条告警，以下为前 4 条 / 30 alerts, the first 4:');
    expect(text.content.match(/\[FIRING\]/g)).toHaveLength(4);
    expect(Buffer.byteLength(text.content)).toBeLessThan(2048);
  });
});

/** RFC 2045, 6.7: what Alertmanager encodes text in. */
function decodeQuotedPrintable(text: string): string {
  const joined = text.replaceAll('=\r\n', '');
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
