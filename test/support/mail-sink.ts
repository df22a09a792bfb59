import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface Mail {
  readonly to: readonly string[];
  /** Headers, an empty line and the body, as it came. */
  readonly text: string;
}

export interface MailSink {
  readonly address: string;
  readonly mails: readonly Mail[];
  stop(): Promise<void>;
}

/** Takes every mail that is sent to it, without TLS or a password (RFC 5321, as far as Alertmanager speaks it). */
export async function startMailSink(): Promise<MailSink> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    talk(socket, (mail) => mails.push(mail));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The mail sink has no port.');
  return {
    address: `127.0.0.1:${address.port}`,
    mails,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function talk(socket: Socket, take: (mail: Mail) => void): void {
  let [waiting, to]: [string, string[]] = ['', []];
  let isData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  const answer = (line: string) => {
    const [, recipient] = /^RCPT TO:<([^>]*)>/i.exec(line) ?? [];
    if (recipient !== undefined) to.push(recipient);
    if (/^DATA/i.test(line)) isData = true;
    if (/^QUIT/i.test(line)) return void socket.end('221 bye\r\n');
    say(isData ? '354 go on' : '250 ok');
  };
  socket.on('error', () => undefined);
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    waiting += chunk;
    for (;;) {
      const end = waiting.indexOf(isData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const part = waiting.slice(0, end);
      waiting = waiting.slice(end + (isData ? 5 : 2));
      if (!isData) {
        answer(part);
        continue;
      }
      take({ to, text: part });
      [isData, to] = [false, []];
      say('250 taken');
    }
  });
  say('220 sink');
}
