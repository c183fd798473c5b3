#!/usr/bin/env node
import '@deblur/cli/main';
