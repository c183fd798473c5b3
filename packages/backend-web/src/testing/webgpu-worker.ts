import { listenForSabotage } from './sabotage.ts';
import '../worker/webgpu.ts';

listenForSabotage();
