/** Leaves out variables that shell scripts pass to each other: they are not settings of the program. */

import { push } from '#base/multimap.ts'
import type { Edge, SourceFile } from '#generate/model.ts'
import type { FileReads } from './file-reads.ts'

const DOCUMENT = /\.(?:\d|adoc|md|mdx|ronn|rst|txt)$/i
const HISTORY = /(?:^|\/)(?:changelog|changes|history|news|releas)[^/]{0,200}$/i
const NAME = /\b[A-Z][A-Z0-9_]{2,99}\b/g
const MAX_DOCUMENT = 500_000
const MAX_NAMES = 50_000

/**
 * The reads without those of `${NAME-…}` in a script where another sets the name, if one of them depends on the other,
 * even through a third one. A name that a document has stays: users may set it as well.
 */
export function withoutHandedOver(
  reads: ReadonlyMap<string, FileReads>,
  edges: readonly Edge[],
  files: readonly SourceFile[],
): ReadonlyMap<string, FileReads> {
  const scripts = new Set(
    files.flatMap(({ path, language, role }) => (language === 'bash' && role === 'code' ? path : [])),
  )
  if (![...scripts].some((path) => reads.get(path)?.sets !== undefined)) return reads
  const groups = groupsOf(scripts, edges)
  /** The scripts of a group that set a name, by group and name. */
  const setters = new Map<string, string[]>()
  for (const path of scripts)
    for (const name of reads.get(path)?.sets ?? []) push(setters, `${groups.get(path)} ${name}`, path)
  const documented = namesInDocuments(files)
  return new Map(
    [...reads].map(([path, own]): [string, FileReads] => {
      if (!scripts.has(path)) return [path, own]
      const isHandedOver = (name: string): boolean =>
        !documented.has(name) && (setters.get(`${groups.get(path)} ${name}`) ?? []).some((other) => other !== path)
      const kept = own.reads.filter(({ name, kind }) => kind !== 'environment' || !isHandedOver(name))
      return [path, kept.length === own.reads.length ? own : { ...own, reads: kept }]
    }),
  )
}

/** The first script of each script's group; scripts that import each other are in one group. */
function groupsOf(scripts: ReadonlySet<string>, edges: readonly Edge[]): ReadonlyMap<string, string> {
  const next = new Map<string, string[]>([...scripts].map((path) => [path, []]))
  for (const { from, to, kind } of edges) {
    if (kind !== 'imports' || !scripts.has(from) || !scripts.has(to)) continue
    next.get(from)?.push(to)
    next.get(to)?.push(from)
  }
  const groups = new Map<string, string>()
  for (const first of scripts) {
    if (groups.has(first)) continue
    const members = new Set([first])
    for (const one of members) for (const other of next.get(one) ?? []) members.add(other)
    for (const one of members) groups.set(one, first)
  }
  return groups
}

function namesInDocuments(files: readonly SourceFile[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { path, text } of files) {
    if (text === null || !DOCUMENT.test(path) || HISTORY.test(path)) continue
    for (const [name] of text.slice(0, MAX_DOCUMENT).matchAll(NAME)) {
      if (names.size >= MAX_NAMES) return names
      names.add(name)
    }
  }
  return names
}
