/**
 * Finds folders that manifests declare to contain packages: setuptools (`pyproject.toml`, `setup.cfg`, `setup.py`),
 * Poetry, PDM, pytest's `pythonpath`; and the customary `src/`, `lib/`, `python/` beside a manifest.
 *
 * TOML and Python are not parsed here: the settings fit on one line, and a wrongly named folder does no harm, since a
 * module must still be found in it.
 */

import type { SourceFile } from '#generate/model.ts'
import { folderOf, joinPath } from '#generate/paths.ts'

const MANIFEST = /(?:^|\/)(?:pyproject\.toml|setup\.cfg|setup\.py|pytest\.ini|tox\.ini)$/

const CUSTOMARY = ['src', 'lib', 'python']

/** A line that names a folder of packages, or (setup.cfg) the indented `= src` below `package_dir =`. */
const SETTING = /^\s*=|\b(?:where|package[-_]dir|pythonpath|from)\b["']?\s*[=:]/

const FOLDER = /[A-Za-z0-9_.][A-Za-z0-9_./-]*/g

/** Limits on the characters read of a manifest and of one line. */
const MAX_MANIFEST = 100_000
const MAX_LINE = 500

/** Folders relative to the repository, without a trailing slash; '' is the repository itself. */
export function findSourceRoots(files: ReadonlyMap<string, SourceFile>): string[] {
  const roots: string[] = []
  for (const [path, file] of files) {
    if (!MANIFEST.test(path)) continue
    const home = folderOf(path)
    roots.push(home)
    for (const folder of [...CUSTOMARY, ...declaredFolders(file.text ?? '')]) {
      const root = joinPath(home, folder)
      if (root !== undefined) roots.push(root)
    }
  }
  return roots
}

function declaredFolders(manifest: string): string[] {
  const folders: string[] = []
  for (const line of manifest.slice(0, MAX_MANIFEST).split('\n')) {
    if (line.length > MAX_LINE) continue
    const setting = SETTING.exec(line)
    if (setting === null) continue
    for (const [folder] of line.slice(setting.index + setting[0].length).matchAll(FOLDER)) folders.push(folder)
  }
  return folders
}
