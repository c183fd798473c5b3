import { ImageError } from '@deblur/core';

/** A picture the user has chosen. */
export interface Picture {
  readonly file: Blob;
  /** Without its ending. */
  readonly name: string;
  /** Address of `file` for as long as it is shown. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** Looks at a file. @throws ImageError when the browser cannot show it */
export async function openPicture(file: Blob, fileName: string): Promise<Picture> {
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch (cause) {
    URL.revokeObjectURL(url);
    throw new ImageError(`This browser cannot show ${fileName} as a picture. Choose a JPEG, PNG, WebP, GIF or AVIF file.`, { cause });
  }
  return { file, url, name: fileName.replace(/\.[^.]*$/, ''), width: image.naturalWidth, height: image.naturalHeight };
}
