import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';

/** One notification that a duty desk got. */
export interface Notification {
  /** Site of the desk, from the last part of its path. */
  readonly desk: string;
  readonly status: 'firing' | 'resolved';
  readonly alert: string;
  readonly item: string;
  readonly site: string;
  readonly summaries: { readonly en: string; readonly zh: string };
  readonly receivedAt: number;
}

/** What stands in for the plants' own systems: pages that answer, a port that accepts, duty desks that take alerts. */
export interface PlantServices {
  readonly notifications: readonly Notification[];
  /** Paths of the other calls that were made, such as those of a Watchdog; a desk takes alerts, these only count. */
  readonly calls: readonly string[];
  /** Resolves with the first notification, already there or to come, that fits. */
  waitFor(fits: (notification: Notification) => boolean, timeoutMs: number, what: string): Promise<Notification>;
  close(): Promise<void>;
}

export async function startPlantServices(httpPort: number, tcpPort: number): Promise<PlantServices> {
  const notifications: Notification[] = [];
  const calls: string[] = [];
  const watchers = new Set<() => void>();
  const http = createHttpServer((request, response) => {
    if (request.method === 'POST') calls.push(request.url ?? '/');
    void answer(request, response, (received) => {
      notifications.push(...received);
      for (const watcher of watchers) watcher();
    });
  });
  const tcp = createTcpServer((socket) => socket.on('error', () => socket.destroy()).end());
  await Promise.all([listen(http, httpPort), listen(tcp, tcpPort)]);
  return {
    notifications,
    calls,
    waitFor: (fits, timeoutMs, what) => waitForNotification(notifications, watchers, fits, timeoutMs, what),
    close: async () => {
      http.closeAllConnections();
      await Promise.all([http, tcp].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function waitForNotification(
  notifications: readonly Notification[],
  watchers: Set<() => void>,
  fits: (notification: Notification) => boolean,
  timeoutMs: number,
  what: string,
): Promise<Notification> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => settle(() => reject(new Error(`${what} did not come within ${timeoutMs / 1000} s.`))),
      timeoutMs,
    );
    const look = (): void => {
      const found = notifications.find(fits);
      if (found !== undefined) settle(() => resolve(found));
    };
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      watchers.delete(look);
      end();
    };
    watchers.add(look);
    look();
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  receive: (notifications: readonly Notification[]) => void,
): Promise<void> {
  const [, folder, desk = ''] = (request.url ?? '/').split('/');
  if (request.method !== 'POST' || folder !== 'alerts') {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  receive(parseWebhook(desk, Buffer.concat(chunks).toString('utf8')));
  response.writeHead(200).end();
}

/** Alertmanager's webhook, version 4. */
interface WebhookMessage {
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

function parseWebhook(desk: string, body: string): readonly Notification[] {
  const message = JSON.parse(body) as WebhookMessage;
  return message.alerts.map(({ status, labels, annotations }) => ({
    desk,
    status,
    alert: labels.alertname ?? '',
    item: labels.item ?? '',
    site: labels.site ?? '',
    summaries: { en: annotations.summary_en ?? '', zh: annotations.summary_zh ?? '' },
    receivedAt: performance.now(),
  }));
}

function listen(
  server: {
    listen(port: number, host: string, done: () => void): unknown;
    once(event: 'error', fail: (error: Error) => void): unknown;
  },
  port: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
