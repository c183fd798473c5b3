/**
 * Runs networks for `createRemoteBackend()`, by onnxruntime on this machine. It knows no users: keep it inside a network that is trusted.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { createNodeBackend } from '@deblur/backend-node';
import { DeblurError } from '@deblur/core';
import type { ModelManifest, Session, SessionOptions } from '@deblur/core';
import { decodeMessage, decodeTensors, encodeMessage, encodeTensors } from './message.ts';
import type { Message, TensorList } from './message.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8740' }, host: { type: 'string', default: '127.0.0.1' } } });
const backend = createNodeBackend();
const sessions = new Map<string, Session>();

async function answer(method: string, path: string, body: Uint8Array): Promise<Message<unknown>> {
  if (path === '/providers') return { facts: await backend.probe(), blocks: [] };
  if (path === '/sessions') {
    const { facts: { manifest, ...options }, blocks: [bytes] } = decodeMessage<SessionOptions & { manifest: ModelManifest }>(body);
    const session = await backend.createSession({ manifest, bytes: bytes! }, options);
    const id = randomUUID();
    sessions.set(id, session);
    return { facts: { id, inputs: session.inputs, outputs: session.outputs, warnings: session.warnings ?? [] }, blocks: [] };
  }
  const id = path.replace('/sessions/', '');
  const session = sessions.get(id);
  if (!session) throw new Error(`There is no session ${id}.`);
  if (method !== 'DELETE') return encodeTensors(await session.run(decodeTensors(decodeMessage<TensorList>(body))));
  sessions.delete(id);
  await session.dispose();
  return { facts: null, blocks: [] };
}

// Idle connections stay open: a caller that was busy for long would write its next tile into a closed one.
const server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
  try {
    response.end(encodeMessage(await answer(request.method!, request.url!, await buffer(request))));
  } catch (error) {
    const code = DeblurError.isInstance(error) ? error.code : 'internal';
    response.writeHead(500).end(encodeMessage({ facts: { code, message: (error as Error).message }, blocks: [] }));
  }
});

process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void backend.dispose();
});
server.listen(Number(values.port), values.host, () => {
  console.log(`Networks run at http://${values.host}:${(server.address() as AddressInfo).port}/`);
});
