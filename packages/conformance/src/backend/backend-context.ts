import { decodeBase64, decodeTensors } from './fixtures/decode.ts';
import { fixtureManifest } from './fixtures/fixture-manifest.ts';
import type { Backend, ExecutionProvider, NamedTensors, Session, SessionModel } from '@deblur/core';
import type { StoredFixture } from './fixtures/stored-fixture.ts';

/** What a case of the backend suite works with. The backend is fresh, and disposed after the case. */
export interface BackendContext {
  readonly backend: Backend;
  readonly provider: ExecutionProvider;
  /** Largest absolute difference between a float result and its reference. */
  readonly tolerance: number;
  /** Creates a session of a fixture on the provider under test. */
  open(fixture: StoredFixture): Promise<Session>;
}

/** A fixture as a backend takes it, its bytes fresh. */
export function toSessionModel(fixture: StoredFixture): SessionModel {
  return { manifest: fixtureManifest(fixture), bytes: decodeBase64(fixture.model) };
}

/** Inputs of one of a fixture's reference runs, fresh. */
export function inputsOf(fixture: StoredFixture, run = 0): NamedTensors {
  return decodeTensors(fixture.runs[run]?.inputs ?? []);
}

/** Outputs of one of a fixture's reference runs. */
export function outputsOf(fixture: StoredFixture, run = 0): NamedTensors {
  return decodeTensors(fixture.runs[run]?.outputs ?? []);
}
