/** Restores one file in a process of its own: `restore-once.ts <input> <output> <model>`; prints peak memory and time as JSON. */
import { createClient } from './client.ts';

const [input, output, model] = process.argv.slice(2);
const client = createClient();
const { timings, width, height } = await client.run(input, { output, model, encode: { overwrite: true } });
await client.dispose();
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ peakBytes, seconds: timings.totalMs / 1000, decodedBytes: width * height * 3 }));
