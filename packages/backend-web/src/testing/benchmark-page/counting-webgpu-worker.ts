import { countTransfers } from './count-transfers.ts';
import '../../worker/webgpu.ts';

countTransfers();
