import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bindingFolder, chooseDefaultProviders, knownProviders, platformReason, providerLibrary } from './providers.ts';

it.each([
  ['linux', 'x64', 'cpu,cuda,tensorrt,webgpu'],
  ['linux', 'arm64', 'cpu'],
  ['darwin', 'arm64', 'cpu,webgpu,coreml'],
  ['win32', 'x64', 'cpu,webgpu,dml'],
])('knows what can exist on %s-%s', (platform, arch, expected) => {
  expect(knownProviders.filter((provider) => platformReason(provider, platform, arch) === undefined).join()).toBe(expected);
  expect(platformReason('coreml', 'linux', 'x64')).toContain('linux-x64');
});

it('finds the binding beside which optional libraries lie', () => {
  const folder = bindingFolder();
  expect(folder && existsSync(folder)).toBe(true);
  expect(providerLibrary('cuda', '/x')).toMatch(/libonnxruntime_providers_cuda\.so$/);
  expect(providerLibrary('webgpu', '/x')).toBeUndefined();
});

it('ends the default providers with the one that works everywhere', () => {
  expect(chooseDefaultProviders().at(-1)).toBe('cpu');
});
