import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../toolkit/model/index.ts';

/** Pulumi's process for dynamic providers, spoken to in its own protocol. */
export interface ProviderProcess {
  check(news: object): Promise<{ readonly inputs: JsonObject; readonly failures: readonly object[] }>;
  diff(
    olds: object,
    news: object,
  ): Promise<{ readonly changes: 'none' | 'some' | 'unknown'; readonly replaces: readonly string[] }>;
  create(inputs: object): Promise<{ readonly id: string; readonly properties: JsonObject }>;
  read(id: string, properties: object): Promise<{ readonly id: string; readonly properties: JsonObject }>;
  update(id: string, olds: object, news: object): Promise<{ readonly properties: JsonObject }>;
  delete(id: string, properties: object): Promise<void>;
  stop(): Promise<void>;
}

// What lies inside of Pulumi's package has no types.
// biome-ignore lint/suspicious/noExplicitAny: generated messages
type Message = any;

const fromPulumi = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'));

export async function startProviderProcess(env: Readonly<Record<string, string>>): Promise<ProviderProcess> {
  const script = fromPulumi.resolve('@pulumi/pulumi/cmd/dynamic-provider');
  const child = spawn(process.execPath, ['--conditions=opsctl-source', script, '127.0.0.1:1'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [port] = await once(createInterface({ input: child.stdout }), 'line');
  const ask = asker(`127.0.0.1:${String(port)}`);
  const messages = fromPulumi('@pulumi/pulumi/proto/provider_pb.js');
  const struct = fromPulumi('google-protobuf/google/protobuf/struct_pb.js').Struct;
  const request = (name: string, fields: Readonly<Record<string, unknown>>) => {
    const message = new messages[name]();
    for (const [field, value] of Object.entries(fields))
      message[`set${field}`](typeof value === 'string' ? value : struct.fromJavaScript(value));
    return message;
  };
  const urn = 'urn:pulumi:lab.plant-1::opsctl::pulumi-nodejs:dynamic/opsctl:file::x';
  await ask('configure', request('ConfigureRequest', { Args: {} }));
  return {
    async check(news) {
      const answer = await ask('check', request('CheckRequest', { Urn: urn, Olds: {}, News: news }));
      const failures = answer.getFailuresList().map((failure: Message) => failure.toObject());
      return { inputs: answer.getInputs().toJavaScript(), failures };
    },
    async diff(olds, news) {
      const answer = await ask('diff', request('DiffRequest', { Urn: urn, Id: 'x', Olds: olds, News: news }));
      return {
        changes: (['unknown', 'none', 'some'] as const)[answer.getChanges() as 0 | 1 | 2],
        replaces: answer.getReplacesList(),
      };
    },
    async create(inputs) {
      const answer = await ask('create', request('CreateRequest', { Urn: urn, Properties: inputs }));
      return { id: answer.getId(), properties: answer.getProperties().toJavaScript() };
    },
    async read(id, properties) {
      const answer = await ask('read', request('ReadRequest', { Urn: urn, Id: id, Properties: properties }));
      return { id: answer.getId(), properties: answer.getProperties().toJavaScript() };
    },
    async update(id, olds, news) {
      const answer = await ask('update', request('UpdateRequest', { Urn: urn, Id: id, Olds: olds, News: news }));
      return { properties: answer.getProperties().toJavaScript() };
    },
    async delete(id, properties) {
      await ask('delete', request('DeleteRequest', { Urn: urn, Id: id, Properties: properties }));
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function asker(address: string): (method: string, request: Message) => Promise<Message> {
  const { credentials } = fromPulumi('@grpc/grpc-js');
  const { ResourceProviderClient } = fromPulumi('@pulumi/pulumi/proto/provider_grpc_pb.js');
  const client = new ResourceProviderClient(address, credentials.createInsecure());
  return (method, request) =>
    new Promise((resolve, reject) => {
      client[method](request, (error: Error | null, answer: Message) =>
        error === null ? resolve(answer) : reject(error),
      );
    });
}
