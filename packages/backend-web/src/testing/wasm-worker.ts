import { listenForSabotage } from './sabotage.ts';
import '../worker/wasm.ts';

listenForSabotage();
