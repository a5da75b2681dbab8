/** Follows the toctrees of Sphinx from the root document; cycles are cut. */

import { matchesGlob } from '#generate/formats/globs.ts'
import type { Library, NavItem } from '#generate/guides/library.ts'
import { folderOf, joinPath } from '#generate/paths.ts'

const MAX_DEPTH = 8

/** @param config - Path of `conf.py`. */
export function toctreeOrder(library: Library, config: string): NavItem[] {
  const root = folderOf(config)
  const named = /^(?:root_doc|master_doc)\s*=\s*["']([\w./-]{1,100})["']/m.exec(library.text(config) ?? '')?.[1]
  const first = library.document(joinPath(root, named ?? 'index') ?? '')
  if (first === undefined) return []
  const seen = new Set([first])
  return [{ title: null, path: first, children: [] }, ...below(first, 0)]

  function below(path: string, depth: number): NavItem[] {
    const items: NavItem[] = []
    let group: NavItem | undefined
    const entries = depth < MAX_DEPTH ? (library.documentAt(path)?.lists ?? []) : []
    for (const { target, title, isPattern, isCaption } of entries) {
      if (isCaption === true) {
        group = title === null ? undefined : { title, path: null, children: [] }
        if (group !== undefined) items.push(group)
        continue
      }
      const found = isPattern === true ? matching(path, target) : [find(path, target)]
      for (const one of found) {
        if (one === undefined || seen.has(one)) continue
        seen.add(one)
        ;(group?.children ?? items).push({ title, path: one, children: below(one, depth + 1) })
      }
    }
    const filled = items.filter((item) => item.path !== null || item.children.length > 0)
    // A single caption over all entries adds nothing to the parent.
    const [only] = filled
    return filled.length === 1 && only?.path === null ? only.children : filled
  }

  function find(from: string, target: string): string | undefined {
    const path = target.startsWith('/') ? joinPath(root, target.slice(1)) : joinPath(folderOf(from), target)
    return path === undefined ? undefined : library.document(path)
  }

  function matching(from: string, pattern: string): string[] {
    const whole = pattern.startsWith('/') ? joinPath(root, pattern.slice(1)) : joinPath(folderOf(from), pattern)
    if (whole === undefined) return []
    return library.documents.filter((path) => matchesGlob(path.replace(/\.\w+$/, ''), whole))
  }
}
