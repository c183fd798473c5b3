/** What opening a session and running the golden tile cost, as a share of restoring one megapixel. */
import { createClient } from '../support/client.ts';
import { report } from '../support/results.ts';
import { makePhotograph } from '../support/photograph.ts';
import type { Figure } from '../support/results.ts';

const figures: Figure[] = [];
for (const model of ['maxim-s1', 'ffdnet-color']) {
  const client = createClient();
  const picture = await client.read(await makePhotograph(1250, 800));
  const { timings } = await client.run(picture, { model });
  await client.dispose();
  figures.push(
    { subject: model, metric: 'read and verify weights', value: timings.readModelMs, unit: 'ms' },
    { subject: model, metric: 'create session', value: timings.createSessionMs, unit: 'ms' },
    { subject: model, metric: 'golden tile', value: timings.selfCheckMs, unit: 'ms' },
    { subject: model, metric: 'restore 1 MP', value: timings.restoreMs, unit: 'ms' },
    { subject: model, metric: 'golden tile, share of 1 MP', value: (100 * timings.selfCheckMs) / timings.restoreMs, unit: '%' },
    { subject: model, metric: 'creation, share of 1 MP', value: (100 * timings.createSessionMs) / timings.restoreMs, unit: '%' },
  );
}
await report('session-cost', figures);
