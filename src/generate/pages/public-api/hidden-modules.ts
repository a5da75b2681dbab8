/** Rust modules that are hidden from the documentation: what their files define is not for users. */

import { codeLines } from '#generate/pages/code-lines.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'

/** Matches `#[doc(hidden)] pub mod private;`, possibly with other attributes in between. */
const HIDDEN = /#\[doc\s?\(\s?hidden\s?\)\]\s{0,200}(?:#\[[^\]\n]{0,200}\]\s{0,200}){0,5}pub\s+mod\s+(\w{1,100})\s?;/g
const WHOLE = /^#!\[doc\s?\(\s?hidden\s?\)\]/m
/** Matches files that represent their folder. */
const HEAD = /^(?:lib|main|mod)\.rs$/
const MAX_LINES = 5_000

const known = new WeakMap<Writing['repo'], ReadonlySet<string>>()

/** Whether a Rust file is in a module that is hidden by its declaration or by an attribute of its own. */
export function isInHiddenModule({ repo }: Writing, path: string): boolean {
  let hidden = known.get(repo)
  if (hidden === undefined) {
    hidden = new Set(
      [...repo.files.values()].flatMap((file) =>
        file.language === 'rust' ? hiddenBy(file.path, codeLines(repo, file.path, 1, MAX_LINES).join('\n')) : [],
      ),
    )
    known.set(repo, hidden)
  }
  if (hidden.size === 0) return false
  for (let module = path.replace(/\.rs$/, ''); module !== ''; module = folderOf(module))
    if (hidden.has(module)) return true
  return false
}

/** The paths of hidden modules, without file extensions. */
function hiddenBy(path: string, text: string): string[] {
  if (!text.includes('hidden')) return []
  const isHead = HEAD.test(nameOf(path))
  const own = isHead ? folderOf(path) : path.replace(/\.rs$/, '')
  const inside = [...text.matchAll(HIDDEN)].map(([, name = '']) => (own === '' ? name : `${own}/${name}`))
  const isWhole = WHOLE.test(text) && nameOf(path) !== 'lib.rs' && nameOf(path) !== 'main.rs'
  return isWhole ? [own, ...inside] : inside
}
