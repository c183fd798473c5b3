import { serveDeconvolution } from '../index.ts';

serveDeconvolution();
