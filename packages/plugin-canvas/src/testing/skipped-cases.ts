const noTiff = 'canvases have no TIFF decoder';

/** Cases of `testCodec()` that no canvas can pass. */
export const skippedCases: Readonly<Record<string, string>> = {
  'reads a 16-bit RGB TIFF': noTiff,
  'reads a big-endian 16-bit TIFF with opacity': noTiff,
  'reads a 32-bit float TIFF': noTiff,
  'turns a TIFF with orientation 5 upright, once': noTiff,
  'keeps values and profile of a 16-bit Display P3 TIFF': noTiff,
  'reads the first page of a TIFF of two pages and says so': noTiff,
};
