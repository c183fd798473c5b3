import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { BeforeAfter, useDeblur } from '@deblur/react';
import { connectDeblur } from '@deblur/worker';
import type { RestorationMethod } from '@deblur/core';
import type { RemoteDeblur } from '@deblur/worker';

const methods: readonly { readonly value: RestorationMethod; readonly name: string; readonly takesPsf?: true }[] = [
  { value: 'auto', name: 'Choose for me' },
  { value: 'tv', name: 'Known blur: total variation', takesPsf: true },
  { value: 'wiener', name: 'Known blur: Wiener, fast', takesPsf: true },
  { value: 'blind', name: 'Estimate the blur' },
  { value: 'network', name: 'Network' },
];

function create(): RemoteDeblur {
  return connectDeblur(new Worker(new URL('./deblur-worker.ts', import.meta.url), { type: 'module' }));
}

/** Choose a picture, choose how it is restored, compare. */
export function Sharpen(): ReactElement {
  const { run, cancel, status, progress, result, error, warnings } = useDeblur({ create });
  const [file, setFile] = useState<File>();
  const [method, setMethod] = useState(methods[0]!);
  const [psf, setPsf] = useState('motion:15,30');

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file) void run(file, { method: method.value, ...(method.takesPsf && { psf }) });
  };
  const choose = (chosen: File | undefined): void => {
    cancel();
    setFile(chosen);
  };

  return (
    <>
      <h1>Make a photograph sharp</h1>
      <p>Everything is computed in this browser; nothing is uploaded.</p>
      <form onSubmit={submit}>
        <label>Picture <input type="file" accept="image/*" onChange={({ target }) => choose(target.files?.[0])} /></label>
        <label>
          Method
          <select value={method.value} onChange={({ target }) => setMethod(methods.find(({ value }) => value === target.value)!)}>
            {methods.map(({ value, name }) => <option key={value} value={value}>{name}</option>)}
          </select>
        </label>
        {method.takesPsf && <label>Blur <input value={psf} onChange={({ target }) => setPsf(target.value)} /></label>}
        {status === 'running' ? <button type="button" onClick={cancel}>Cancel</button> : <button disabled={!file}>Restore</button>}
      </form>
      {status === 'running' && (
        <label>
          {progress?.etaMs === undefined ? 'Working' : `About ${Math.ceil(progress.etaMs / 1000)} s left`}
          <progress max={progress?.total} value={progress?.done} />
        </label>
      )}
      <p role="status">{status === 'done' && `Restored by ${result!.method} in ${(result!.timings.totalMs / 1000).toFixed(1)} s.`}{status === 'cancelled' && 'Cancelled.'}</p>
      {error && <p role="alert">{error.message}</p>}
      {warnings.map(({ message }) => <p key={message}>{message}</p>)}
      {file && <BeforeAfter key={`${file.name} ${file.lastModified}`} before={file} after={result?.image} />}
    </>
  );
}
