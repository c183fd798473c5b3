// Lists the packages whose platform binaries the lock lacks; `npm ci` refuses such a lock.
import { readFileSync } from 'node:fs';

const lockPath = process.argv[2] ?? new URL('../package-lock.json', import.meta.url);
const { packages } = JSON.parse(readFileSync(lockPath, 'utf8'));

/** Folders in which `name` is looked for when `folder` requires it, nearest first. */
function* candidates(folder, name) {
  const parts = folder.split('/node_modules/');
  for (let depth = parts.length; depth > 0; depth--) yield `${parts.slice(0, depth).join('/node_modules/')}/node_modules/${name}`;
  yield `node_modules/${name}`;
}

function isLocked(folder, name, range) {
  for (const key of candidates(folder, name)) {
    if (packages[key]) return !/^\d/.test(range) || packages[key].version === range;
  }
  return false;
}

const incomplete = Object.entries(packages).flatMap(([folder, entry]) => {
  const lost = Object.entries(entry.optionalDependencies ?? {}).filter(([name, range]) => !isLocked(folder, name, range));
  return lost.length > 0 ? [`${folder}@${entry.version}: ${lost.map(([name]) => name).join(', ')}`] : [];
});
console.log(incomplete.join('\n') || 'none missing');
process.exitCode = incomplete.length > 0 ? 1 : 0;
