/** Finds the types from outside the repository that Swift extensions make conform to a protocol: `extension Int: Key`. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

export const SWIFT_EXTENSION =
  /^[ \t]{0,40}(?:(?:public|internal|package|fileprivate|private|@\w{1,40}(?:\([^()]{0,40}\))?)[ \t]{1,9}){0,4}extension[ \t]{1,9}([A-Z][\w.]{0,80})[ \t]{0,9}:[ \t]{0,9}([^{\n]{1,200})/
const MAX_CONFORMERS = 50

export interface Conformer {
  readonly name: string
  readonly file: string
  readonly line: number
}

/** In the order of files and lines; empty for anything but a protocol of Swift. */
export function outsideConformers(repo: RepoIndex, { id, kind, name, file }: Component): Conformer[] {
  if (kind !== 'interface' || !file.endsWith('.swift')) return []
  const found: Conformer[] = []
  for (const end of repo.users.get(id)?.keys() ?? []) {
    // What is outside of all definitions belongs to the file.
    if (!repo.files.has(end) || repo.files.get(end)?.role === 'test') continue
    for (const { line } of repo.occurrences.usesOf(end, id)) {
      const [, type, protocols = ''] = SWIFT_EXTENSION.exec(codeLines(repo, end, line, line)[0] ?? '') ?? []
      if (type === undefined || !new Set(protocols.match(/\w+/g)).has(name)) continue
      if (found.length < MAX_CONFORMERS) found.push({ name: type, file: end, line })
    }
  }
  return found.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
}
