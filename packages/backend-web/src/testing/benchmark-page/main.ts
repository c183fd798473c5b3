import { measureFft } from './measure-fft.ts';
import { measureGpuResident } from './measure-gpu-resident.ts';

/** What the tasks in `benchmarks/` call in this page. */
Object.assign(globalThis, { measureFft, measureGpuResident });
