/** The sources that analysis and rendering depend on. Plain JavaScript, because it is also used while bundling. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A hash of the files of `listSources` and of the versions of all packages. */
export function hashSources() {
  const hash = createHash('sha256')
  for (const file of listSources()) hash.update(`${file}\0`).update(readFileSync(path.join(ROOT, file)))
  hash.update(readFileSync(path.join(ROOT, 'package.json')))
  return hash.digest('hex')
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * The files of the analysis, of the formats and manifests that it reads and of rendering, and those that they import, such as
 * `signature-parameters.ts`: paths from the root of the project.
 */
export function listSources() {
  const folders = ['analyse', 'formats', 'manifests']
    .map((name) => `src/generate/${name}`)
    .concat('src/markdown', 'src/base')
  const names = folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true }).map((name) => `${folder}/${name}`),
  )
  const shared = readdirSync(path.join(ROOT, 'src/generate')).map((name) => `src/generate/${name}`)
  return [...names, ...shared].filter((name) => /\.(?:[cm]?[jt]s|scm)$/.test(name)).sort()
}
