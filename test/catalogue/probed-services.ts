import { createSocket } from 'node:dgram';
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import { type AddressInfo, createServer } from 'node:net';

// What is behind a prober, played: each answers one thing, and says where it is.

export interface PlayedService {
  readonly address: string;
  close(): Promise<void>;
}

/** A camera that wants a password before it shows anything. */
export async function startCamera(): Promise<PlayedService> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n\r\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A name server that answers every question with 10.1.2.3. */
export async function startNameServer(): Promise<PlayedService> {
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => socket.send(answerTo(query), peer.port, peer.address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function answerTo(query: Buffer): Buffer {
  const end = query.indexOf(0, 12) + 5;
  const header = Buffer.from(query.subarray(0, 12));
  // An answer without an error, with one question and one record.
  header.writeUInt16BE(0x81_80, 2);
  for (const [offset, count] of [1, 1, 0, 0].entries()) header.writeUInt16BE(count, 4 + 2 * offset);
  const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 1, 2, 3]);
  return Buffer.concat([header, query.subarray(12, end), record]);
}

/** A gRPC service that says SERVING to the health protocol, whatever is asked. */
export async function startGrpcService(): Promise<PlayedService> {
  const server = createHttp2Server();
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.on('error', () => undefined);
    stream.resume();
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.from([0, 0, 0, 0, 2, 0x08, 1]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
