import { listenForSabotage } from './sabotage.ts';
import '../worker/gpu.ts';

listenForSabotage();
