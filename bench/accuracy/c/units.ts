/**
 * What to compile, and with which include folders: those that makefiles and CMake files above a source name by a plain
 * path; after all others, the folder of the nearest file that an `#include` can mean.
 */

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const C = ['-x', 'c', '-std=gnu17', '-D_GNU_SOURCE', '-Wno-implicit-function-declaration', '-Wno-int-conversion']
const CPP = ['-x', 'c++', '-std=c++20', '-D_GNU_SOURCE']

/** @returns A line for each source: its path and options, parted by tabs. */
export function unitsOf(root: string, files: readonly string[]): string[] {
  const all = execFileSync('git', ['-C', root, 'ls-files', '-z'], { encoding: 'utf8', maxBuffer: 256 * 1_048_576 })
  const tree = all.split('\0').map((file) => path.join(root, file))
  const headers = new Map<string, string[]>()
  for (const file of tree) {
    const known = headers.get(path.basename(file)) ?? []
    headers.set(path.basename(file), known)
    known.push(file)
  }
  const builds = tree.filter((file) => /(^|\/)(GNUm|M|m)akefile$|\.mk$|(^|\/)CMakeLists\.txt$/.test(file))
  const named = builds.map((file) => ({ folder: path.dirname(file), includes: foldersIn(file) }))
  const includesOf = createIncludes()
  return files
    .filter((file) => /\.(c|cc|cpp|cxx)$/.test(file))
    .map((file) => {
      const own = named
        .filter(({ folder }) => file.startsWith(`${folder}/`))
        .sort((a, b) => b.folder.length - a.folder.length)
        .flatMap(({ includes }) => includes)
      const after = missingFolders(file, own, headers, includesOf)
      const language = file.endsWith('.c') ? C : CPP
      const folders = [...new Set(own)].map((folder) => `-I${folder}`)
      return [
        file,
        ...language,
        '-ferror-limit=0',
        ...folders,
        ...[...after].flatMap((folder) => ['-idirafter', folder]),
      ].join('\t')
    })
}

function foldersIn(build: string): string[] {
  const text = readFileSync(build, 'utf8')
  const own = path.dirname(build)
  const words = [...text.matchAll(/-I\s*([^\s"'$();]+)/g)].map(([, word]) => word)
  for (const [, list = ''] of text.matchAll(/include_directories\s*\(([^)]*)\)/gi)) {
    const plain = list.replaceAll(/\$\{(CMAKE_CURRENT_SOURCE_DIR|PROJECT_SOURCE_DIR|CMAKE_SOURCE_DIR)\}/g, '.')
    words.push(...plain.split(/[\s"]+/).filter((word) => word !== '' && !word.includes('$')))
  }
  return words.map((word) => path.resolve(own, word ?? '')).filter(isFolder)
}

const isFolder = (folder: string): boolean => existsSync(folder) && statSync(folder).isDirectory()

function createIncludes(): (file: string) => string[] {
  const known = new Map<string, string[]>()
  return (file) => {
    const before = known.get(file)
    if (before !== undefined) return before
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const found = [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]/gm)].map(([, name]) => name ?? '')
    known.set(file, found)
    return found
  }
}

/** Folders for what is included, here or in what is included, and found in none of the named folders. */
function missingFolders(
  source: string,
  folders: readonly string[],
  headers: ReadonlyMap<string, readonly string[]>,
  includesOf: (file: string) => string[],
): Set<string> {
  const missing = new Set<string>()
  const seen = new Set([source])
  for (const file of seen) {
    for (const name of includesOf(file)) {
      const known = [path.dirname(file), ...folders]
        .map((folder) => path.join(folder, name))
        .find((one) => existsSync(one))
      const found =
        known ??
        nearest(
          file,
          (headers.get(path.basename(name)) ?? []).filter((one) => one.endsWith(`/${name}`)),
        )
      if (found === undefined) continue
      if (known === undefined) missing.add(found.slice(0, -name.length - 1))
      seen.add(found)
    }
  }
  return missing
}

/** The one that shares the longest path with a file. */
function nearest(file: string, candidates: readonly string[]): string | undefined {
  const shared = (other: string): number => {
    let at = 0
    while (at < file.length && file[at] === other[at]) at++
    return at
  }
  return [...candidates].sort((a, b) => shared(b) - shared(a))[0]
}
