import { serveDeconvolution } from '@deblur/worker';

serveDeconvolution();
