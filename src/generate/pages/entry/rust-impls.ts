/** The `impl Trait for Type` of a Rust file: for which types, under what bounds and conditions. */

import { RUST } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { headEnd, type ImplHead, readImplHead } from './impl-head.ts'

export interface RustImpl extends ImplHead {
  /** The `cfg` condition: `unix`, `feature = "serde"`; '' if there is none. */
  readonly condition: string
  /** The `cfg` condition of its file. */
  readonly fileCondition: string
  readonly line: number
  readonly endLine: number
  /** Whether it is in a module, a function or a macro. */
  readonly isInner: boolean
}

const MAX_ATTRIBUTE_LINES = 8
const IMPL = /^([ \t]{0,40})(?:(?:default|unsafe|const) ){0,3}impl\b/gm
const CFG = /^#\[cfg\((.{1,80})\)\]$/
const known = new WeakMap<RepoIndex, Map<string, RustImpl[]>>()

/** In the order of the file; without those for tests. Empty for other languages, and for files over the limit of `MaskedCode`. */
export function implsIn(repo: RepoIndex, path: string): readonly RustImpl[] {
  if (!path.endsWith('.rs')) return []
  const all = known.get(repo) ?? new Map<string, RustImpl[]>()
  known.set(repo, all)
  const impls = all.get(path) ?? readImpls(repo, path)
  all.set(path, impls)
  return impls
}

function readImpls(repo: RepoIndex, path: string): RustImpl[] {
  const masked = MaskedCode.of(repo.files.get(path)?.text ?? '', RUST)
  if (masked === undefined) return []
  const isCrateRoot = /(?:^|\/)(?:lib|main)\.rs$/.test(path)
  const fileCondition = moduleCondition(repo, path)
  return [...masked.code.matchAll(IMPL)].flatMap(({ 0: start, 1: indent, index }): RustImpl[] => {
    const from = index + start.length
    const end = headEnd(masked.code, from)
    const head = end < 0 ? undefined : readImplHead(masked.code.slice(from, end), isCrateRoot)
    if (head === undefined) return []
    const line = masked.lineAt(index)
    const condition = conditionAbove(repo, path, masked, line)
    if (condition === 'test') return []
    const body = masked.argumentsAt(end)
    return [
      {
        ...head,
        condition,
        fileCondition,
        line,
        endLine: body === undefined ? line : masked.lineAt(body.end - 1),
        isInner: indent !== '',
      },
    ]
  })
}

/** The `cfg` condition of a file as a module: `#[cfg(feature = "serde")] mod serde;` in the file above it; '' if there is none. */
function moduleCondition(repo: RepoIndex, path: string): string {
  const whole = path.replace(/(?:\/mod)?\.rs$/, '')
  const [name, folder] = [nameOf(whole), folderOf(whole)]
  const inside = ['lib.rs', 'main.rs', 'mod.rs'].map((one) => (folder === '' ? one : `${folder}/${one}`))
  for (const above of [...inside, `${folder}.rs`]) {
    const masked = MaskedCode.of(repo.files.get(above)?.text ?? '', RUST)
    const at = above === path ? -1 : (masked?.code.split('\n').findIndex((line) => declares(line, name)) ?? -1)
    if (masked !== undefined && at >= 0) return conditionAbove(repo, above, masked, at + 1)
  }
  return ''
}

const declares = (line: string, name: string): boolean =>
  /^\s*(?:pub(?:\([^()]{1,40}\))? )?mod (\w+);/.exec(line)?.[1] === name

/** The nearest `#[cfg(…)]` among the attributes and comments directly above a line. */
function conditionAbove(repo: RepoIndex, path: string, masked: MaskedCode, below: number): string {
  const lines = codeLines(repo, path, Math.max(1, below - MAX_ATTRIBUTE_LINES), below - 1).map((line) => line.trim())
  for (const [index, text] of lines.toReversed().entries()) {
    const line = below - 1 - index
    const code = masked.code.slice(masked.startOfLine(line), masked.startOfLine(line + 1)).trim()
    const isComment = code === '' && text !== ''
    if (isComment) continue
    const condition = CFG.exec(text)?.[1]
    if (condition !== undefined) return condition
    if (!/^#\[.*\]$/.test(text)) break
  }
  return ''
}
