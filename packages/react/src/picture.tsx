import { useEffect, useRef, useState } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { drawPicture } from './picture-source.ts';
import type { DrawnPicture, PictureSource } from './picture-source.ts';

interface PictureProps<Source> {
  readonly source: Source;
  readonly label: string;
  readonly style: CSSProperties;
}

/** Shows a picture of any kind, with a text alternative. */
export function Picture({ source, ...rest }: PictureProps<PictureSource>): ReactElement {
  if (typeof source === 'string') return <img src={source} alt={rest.label} draggable={false} style={rest.style} />;
  if (source instanceof Blob) return <BlobPicture source={source} {...rest} />;
  return <CanvasPicture source={source} {...rest} />;
}

function BlobPicture({ source, label, style }: PictureProps<Blob>): ReactElement {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(source);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [source]);
  return <img src={url} alt={label} draggable={false} style={style} />;
}

function CanvasPicture({ source, label, style }: PictureProps<DrawnPicture>): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => drawPicture(canvas.current!, source), [source]);
  return <canvas ref={canvas} role="img" aria-label={label} style={style} />;
}
