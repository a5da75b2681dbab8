/**
 * Finds the folders that are searched for headers: `-I` in makefiles, `include_directories` in CMake. Paths are relative to
 * the build file's folder; those with variables are left out, except CMake's own for folders of the source.
 */

import type { LinkContext } from '#generate/analyse/engine/language.ts'
import { compareText } from '#generate/model.ts'
import { folderOf, foldersAround, joinPath, nameOf } from '#generate/paths.ts'

export interface BuildFolder {
  /** The folder of the build file. */
  readonly folder: string
  /** The included folders, in the order of the build file. */
  readonly includes: readonly string[]
}

const MAKEFILE = /(?:^|\/)(?:GNUm|M|m)akefile(?:\.[\w.]+)?$|\.mk$|\.mak$/
const CMAKE = /(?:^|\/)CMakeLists\.txt$|\.cmake$/
const MAX_CHARACTERS = 500_000
/** A comment of a makefile or of CMake. */
const COMMENT = /(?:^|\s)#.*/gm

/** @returns The deepest folders first. */
export function readBuildFolders(context: LinkContext): BuildFolder[] {
  const found: BuildFolder[] = []
  const texts = [...context.files].flatMap(([path, { text }]): [string, string][] =>
    text === null || text.length > MAX_CHARACTERS ? [] : [[path, text]],
  )
  const projects = new Set(
    texts.flatMap(([path, text]) => (nameOf(path) === 'CMakeLists.txt' && PROJECT.test(text) ? [folderOf(path)] : [])),
  )
  for (const [path, text] of texts) {
    const folder = folderOf(path)
    const words = new Set(MAKEFILE.test(path) ? inMakefile(text) : CMAKE.test(path) ? inCMake(text) : [])
    if (words.size === 0) continue
    const around = [folder, ...foldersAround(folder), ''].filter((one) => projects.has(one))
    const includes = [...words].flatMap((word) => pathOf(word, folder, around) ?? [])
    if (includes.length > 0) found.push({ folder, includes: [...new Set(includes)] })
  }
  return found.sort((a, b) => b.folder.length - a.folder.length || compareText(a.folder, b.folder))
}

function inMakefile(text: string): string[] {
  return [...text.replace(COMMENT, '').matchAll(/(?:^|[\s"'=])-I\s*([^\s"';]+)/g)].map((match) => match[1] ?? '')
}

function inCMake(text: string): string[] {
  return [...text.replace(COMMENT, '').matchAll(/\b(target_)?include_directories\s*\(([^)]*)(?:\)|$)/gi)].flatMap(
    ([, ofTarget, list = '']) => {
      const words = list.replace(/\$<(?:BUILD|INSTALL)_INTERFACE:([^>]*)(?:>|$)/g, '$1').split(/[\s"]+/)
      return words.filter((word) => word !== '' && !KEYWORD.test(word)).slice(ofTarget === undefined ? 0 : 1)
    },
  )
}

const KEYWORD = /^(?:AFTER|BEFORE|SYSTEM|INTERFACE|PUBLIC|PRIVATE)$/
const PROJECT = /^[ \t]*project[ \t]*\(/im
const START = /^\$\{(CMAKE_SOURCE_DIR|PROJECT_SOURCE_DIR|CMAKE_CURRENT_SOURCE_DIR|CMAKE_CURRENT_LIST_DIR)\}/

/**
 * @param around - The folders of the projects around the build file, the nearest one first.
 * @returns `undefined` for a path with other variables, or outside the repository.
 */
function pathOf(word: string, folder: string, around: readonly string[]): string | undefined {
  const [variable = '', name = ''] = START.exec(word) ?? []
  const rest = word.slice(variable.length)
  if (/[$<>()]/.test(rest)) return undefined
  const base = name === 'CMAKE_SOURCE_DIR' ? around.at(-1) : name === 'PROJECT_SOURCE_DIR' ? around[0] : folder
  return base === undefined ? undefined : joinPath(base, variable === '' ? rest : `./${rest}`)
}
