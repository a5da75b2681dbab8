/**
 * Finds the folders that are searched for headers, if build files name them literally: `-I` in makefiles,
 * `include_directories` in CMake. Paths are relative to the build file's folder; paths with variables are left out.
 */

import type { LinkContext } from '#generate/analyse/engine/language.ts'
import { folderOf, joinPath } from '#generate/paths.ts'

export interface BuildFolder {
  /** The folder of the build file. */
  readonly folder: string
  /** The included folders, in the order of the build file. */
  readonly includes: readonly string[]
}

const MAKEFILE = /(?:^|\/)(?:GNUm|M|m)akefile(?:\.[\w.]+)?$|\.mk$|\.mak$/
const CMAKE = /(?:^|\/)CMakeLists\.txt$|\.cmake$/
const MAX_BYTES = 500_000

/** @returns The deepest folders first. */
export function readBuildFolders(context: LinkContext): BuildFolder[] {
  const found: BuildFolder[] = []
  for (const [path, file] of context.files) {
    const text = file.text ?? ''
    if (text === '' || text.length > MAX_BYTES) continue
    const words = MAKEFILE.test(path) ? inMakefile(text) : CMAKE.test(path) ? inCMake(text) : []
    if (words.length === 0) continue
    const folder = folderOf(path)
    const includes = words.map((word) => joinPath(folder, word)).filter((one) => one !== undefined)
    found.push({ folder, includes: [...new Set(includes)] })
  }
  return found.sort((a, b) => b.folder.length - a.folder.length || (a.folder < b.folder ? -1 : 1))
}

function inMakefile(text: string): string[] {
  return [...text.matchAll(/(?:^|[\s"'=])-I\s*([^\s"'$();]+)/g)].map((match) => match[1] ?? '')
}

function inCMake(text: string): string[] {
  const words: string[] = []
  for (const match of text.matchAll(/\b(?:target_)?include_directories\s*\(([^)]*)(?:\)|$)/gi)) {
    const plain = (match[1] ?? '')
      .replace(/\$<(?:BUILD|INSTALL)_INTERFACE:([^>]*)(?:>|$)/g, '$1')
      .replace(/\$\{(?:CMAKE_CURRENT_SOURCE_DIR|PROJECT_SOURCE_DIR|CMAKE_SOURCE_DIR|CMAKE_CURRENT_LIST_DIR)\}/g, '.')
    for (const word of plain.split(/[\s"]+/)) if (word !== '' && !/[$<>]/.test(word)) words.push(word)
  }
  return words
}
