/**
 * Folders in which headers are looked for, as far as build files say them plainly: `-I` in makefiles,
 * `include_directories` in CMake. Paths count from the folder of the build file; those with variables are left out.
 */

import type { LinkContext } from '#generate/analyse/engine/language.ts'

export interface BuildFolder {
  /** Where the build file is. */
  readonly folder: string
  /** In their order. */
  readonly includes: readonly string[]
}

const MAKEFILE = /(?:^|\/)(?:GNUm|M|m)akefile(?:\.[\w.]+)?$|\.mk$|\.mak$/
const CMAKE = /(?:^|\/)CMakeLists\.txt$|\.cmake$/
const MAX_BYTES = 500_000

/** @returns Deepest folders first. */
export function readBuildFolders(context: LinkContext): BuildFolder[] {
  const found: BuildFolder[] = []
  for (const [path, file] of context.files) {
    const text = file.text ?? ''
    if (text === '' || text.length > MAX_BYTES) continue
    const words = MAKEFILE.test(path) ? inMakefile(text) : CMAKE.test(path) ? inCMake(text) : []
    if (words.length === 0) continue
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
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

/** A path from a folder of the repository; `undefined` outside of it. */
export function joinPath(folder: string, path: string): string | undefined {
  if (path.startsWith('/')) return undefined
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else parts.push(part)
  }
  return parts.join('/')
}
