import { countTransfers } from './count-transfers.ts';
import '../../worker/gpu.ts';

countTransfers();
