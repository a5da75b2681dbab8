/**
 * Finds build output that is committed beside its sources: compiled TypeScript, by the settings that name its folder; amalgamated
 * headers of C and C++, by the name of their folder.
 */

import type { SourceFile } from '#generate/model.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'

const TSCONFIG = /^tsconfig(?:\.[\w-]{1,40}){0,2}\.json$/
const FOLDERS = /"(outDir|rootDir)"[ \t]{0,9}:[ \t]{0,9}"([^"\n]{1,200})"/g
const ENTRIES = /"(?:main|module|types|typings)"\s{0,9}:\s{0,9}"([^"\n]{1,200})"/g
/** Files that a compiler writes, and its sources. */
const BUILT = /(?:\.d\.[cm]?ts|\.[cm]?jsx?)$/
const SOURCE = /(?<!\.d)\.[cm]?tsx?$/
const AMALGAMATED = /^(?:|.*\/)single[-_](?:header|include)s?(?=\/)/i
const HEADER = /\.(?:h|hh|hpp|hxx|ipp)$/i
const MAX_SETTINGS = 200
const MAX_FOLDERS = 200

/** Paths of files in `outDir` of a tsconfig, in the folder of `main`, or in `single_include`, whose sources are elsewhere. */
export function buildOutputs(files: readonly SourceFile[]): ReadonlySet<string> {
  const found = new Set(amalgamatedIn(files))
  const folders = outputFolders(files)
  if (folders.size === 0) return found
  const sources = new Set<string>()
  for (const { path } of files) if (SOURCE.test(path)) sources.add(path.replace(SOURCE, ''))
  for (const [out, roots] of folders) {
    const inside = files.filter(({ path }) => path.startsWith(`${out}/`))
    // A folder that contains TypeScript sources is not build output.
    if (inside.some(({ path }) => SOURCE.test(path))) continue
    const built = inside.map(({ path }) => path).filter((path) => BUILT.test(path))
    const stems = new Set(built.map((path) => path.slice(out.length + 1).replace(BUILT, '')))
    const hasSource = (stem: string): boolean => [...roots].some((root) => sources.has(inFolder(root, stem)))
    if ([...stems].filter(hasSource).length * 2 > stems.size) for (const path of built) found.add(path)
  }
  return found
}

/** Files below `single_include` where other headers are elsewhere. */
function amalgamatedIn(files: readonly SourceFile[]): string[] {
  const inside = files.filter(({ path }) => AMALGAMATED.test(path)).map(({ path }) => path)
  const isJoined = inside.length > 0 && files.some(({ path }) => HEADER.test(path) && !AMALGAMATED.test(path))
  return isJoined ? inside : []
}

/** Folders that settings name as output, each with the folders that may hold its sources. */
function outputFolders(files: readonly SourceFile[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const add = (home: string, out: string | undefined, roots: readonly (string | undefined)[]): void => {
    if (found.size >= MAX_FOLDERS) return
    if (out === undefined || out === '' || out === home || `${home}/`.startsWith(`${out}/`)) return
    const known = found.get(out) ?? new Set<string>()
    for (const root of roots) if (root !== undefined && root !== out) known.add(root)
    found.set(out, known)
  }
  let count = 0
  for (const { path, text } of files) {
    const name = nameOf(path)
    const isPackage = name === 'package.json'
    if (text === null || (!isPackage && !TSCONFIG.test(name))) continue
    if (++count > MAX_SETTINGS) break
    const home = folderOf(path)
    const source = inFolder(home, 'src')
    if (isPackage) for (const [, entry = ''] of text.matchAll(ENTRIES)) add(home, folderOfEntry(home, entry), [source])
    else {
      const { outDir: out, rootDir: root } = foldersIn(text)
      if (out !== undefined)
        add(home, joinPath(home, out), root === undefined ? [source, home] : [joinPath(home, root)])
    }
  }
  return found
}

/** `build` for `./build/index.js`, unless that is among the sources. */
function folderOfEntry(home: string, entry: string): string | undefined {
  const path = joinPath(home, entry)
  return path === undefined || path.startsWith(`${inFolder(home, 'src')}/`) ? undefined : folderOf(path)
}

/** The first `outDir` and `rootDir` of a tsconfig that are not commented out. */
function foldersIn(text: string): { outDir?: string; rootDir?: string } {
  const found: Record<string, string> = {}
  for (const { 1: name = '', 2: folder = '', index } of text.matchAll(FOLDERS)) {
    const before = text.slice(Math.max(0, index - 200), index)
    if (!before.slice(before.lastIndexOf('\n') + 1).includes('//')) found[name] ??= folder
  }
  return found
}
