/** The `impl Trait for Type` of a file of Rust: for which types, under what bounds and conditions. */

import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

export interface RustImpl {
  /** With what it takes, without its path: `From<io::Error>`. */
  readonly trait: string
  /** The last name of its path: `From`. */
  readonly name: string
  /** As it is written: `&'a mut Error`, `Result<T, E>`, `(A, B)`. */
  readonly target: string
  /** The name of the type, where it is one. */
  readonly type: string | undefined
  /** What must hold for the parameters that the target has: `A: Debug, B: Debug`; '' for nothing. */
  readonly bounds: string
  /** Under which it is compiled: `unix`, `feature = "serde"`; '' for nothing. */
  readonly condition: string
  readonly line: number
  readonly endLine: number
  /** In a module, a function or a macro. */
  readonly isInner: boolean
}

const MAX_LINES = 20_000
const MAX_HEAD = 8
const MAX_MARGIN = 40
/** Between a trait and its type. */
const FOR = ' for '
const MAX_TEXT = 600
const CFG = /^#\[cfg\((.{1,80})\)\]$/
const known = new WeakMap<RepoIndex, Map<string, RustImpl[]>>()

export function implsIn(repo: RepoIndex, path: string): readonly RustImpl[] {
  if (!path.endsWith('.rs')) return []
  const all = known.get(repo) ?? new Map<string, RustImpl[]>()
  known.set(repo, all)
  const found = all.get(path) ?? readImpls(codeLines(repo, path, 1, MAX_LINES))
  all.set(path, found)
  return found
}

function readImpls(lines: readonly string[]): RustImpl[] {
  return lines.flatMap((line, index): RustImpl[] => {
    const margin = line.search(/\S/)
    if (margin < 0 || margin > MAX_MARGIN || !/^\s*(?:unsafe )?impl\b/.test(line)) return []
    const end = lines.slice(index, index + MAX_HEAD).findIndex((one) => /[{;]/.test(one))
    const [head = '', where = ''] = lines
      .slice(index, index + 1 + Math.max(0, end))
      .join(' ')
      .replace(/\s+/g, ' ')
      .replace(/ ?\{.*/, '')
      .split(/ where\b/)
    const { parameters, rest } = withoutGenerics(
      head
        .trim()
        .slice(0, MAX_TEXT)
        .replace(/^(?:unsafe )?impl/, ''),
    )
    const at = rest.indexOf(FOR)
    if (at < 0) return []
    const trait = rest.slice(0, at).trim()
    const target = rest.slice(at + FOR.length).trim()
    const condition = conditionAbove(lines, index)
    const path = trait.split('<')[0] ?? ''
    const name = path.split('::').at(-1) ?? ''
    if (trait.startsWith('!') || condition === 'test' || !/^\w{1,60}$/.test(name)) return []
    return [
      {
        trait: name + trait.slice(path.length),
        name,
        target,
        type: /^(?:&(?:'\w+ )?(?:mut )?)?(\w+)(?:<.*>)?$/.exec(target)?.[1],
        bounds: boundsOf(target, [...splitAt(parameters), ...splitAt(where)]),
        condition,
        line: index + 1,
        endLine: closeOf(lines, index, margin) + 1,
        isInner: margin > 0,
      },
    ]
  })
}

/** Of the attributes and comments directly above a line, the `#[cfg(…)]` that is the nearest. */
function conditionAbove(lines: readonly string[], index: number): string {
  for (let at = index - 1; at >= index - MAX_HEAD; at--) {
    const line = (lines[at] ?? '').trim()
    const found = CFG.exec(line)?.[1]
    if (found !== undefined) return found
    if (!/^(?:#\[.*\]$|\/\/)/.test(line)) break
  }
  return ''
}

/** The line of the bracket that stands as far from the margin. */
function closeOf(lines: readonly string[], index: number, margin: number): number {
  if (/\}\s*$/.test(lines[index] ?? '')) return index
  for (let at = index + 1; at < lines.length; at++) if ((lines[at] ?? '').indexOf('}') === margin) return at
  return index
}

/** Of the parameters of a target; one that is the whole target may be any type of known size. */
function boundsOf(target: string, parts: readonly string[]): string {
  const words = new Set(target.match(/\w+/g))
  const bounds = parts.filter((part) => /^\w+ ?:/.test(part) && words.has(/^\w+/.exec(part)?.[0] ?? ''))
  const isBlanket = parts.some((part) => part === target.trim())
  return bounds.length === 0 && isBlanket ? `${target.trim()}: Sized` : bounds.join(', ')
}

/** At the commas that stand in no brackets. */
function splitAt(list: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at <= list.length; at++) {
    const sign = list[at] ?? ','
    if ('<([{'.includes(sign)) depth++
    else if ('>)]}'.includes(sign) && list[at - 1] !== '-') depth--
    else if (sign === ',' && depth === 0) {
      parts.push(list.slice(from, at).trim())
      from = at + 1
    }
  }
  return parts.filter((part) => part !== '')
}

/** `<T: Into<U>> From<T>` → `T: Into<U>` and `From<T>` */
function withoutGenerics(head: string): { parameters: string; rest: string } {
  const text = head.trimStart()
  if (!text.startsWith('<')) return { parameters: '', rest: text }
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '<') depth++
    else if (text[at] === '>' && text[at - 1] !== '-') depth--
    if (depth === 0) return { parameters: text.slice(1, at), rest: text.slice(at + 1) }
  }
  return { parameters: '', rest: '' }
}
