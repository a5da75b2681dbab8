/**
 * Finds the condition under which a definition exists: an `if` around a Ruby or Python definition, or the `#if` branch
 * of one of several C definitions with the same name.
 */

import type { Component, SourceFile } from '#generate/model.ts'

const OF_C = new Set(['c', 'cpp'])
const BY_MARGIN = new Set(['python', 'ruby'])
const DEFINED = new Set<Component['kind']>(['function', 'method', 'class', 'struct', 'type', 'namespace', 'macro'])
const BRANCH = /^(?:if|unless|elif|elsif|else|except)\b/
/** Limit on the characters of a condition; longer ones are left out. */
const MAX_CHARS = 100
/** Limit on the characters read of a line: a condition and the start of a comment. */
const MAX_LINE = 400

export function withConditions(components: readonly Component[], files: ReadonlyMap<string, SourceFile>): Component[] {
  const counts = new Map<string, number>()
  for (const { file, qualifiedName } of components) {
    if (!OF_C.has(files.get(file)?.language ?? '')) continue
    const key = `${file}\0${qualifiedName}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  let last: Lines = { file: '', lines: [], branches: null, blocks: null }
  return components.map((one) => {
    const { language = '', text = null } = files.get(one.file) ?? {}
    if (text === null || language === null || !DEFINED.has(one.kind)) return one
    const isVariant = OF_C.has(language) && (counts.get(`${one.file}\0${one.qualifiedName}`) ?? 0) > 1
    if (!isVariant && !BY_MARGIN.has(language)) return one
    if (last.file !== one.file) last = { file: one.file, lines: text.split('\n'), branches: null, blocks: null }
    if (isVariant) last.branches ??= branchesOf(last.lines)
    else last.blocks ??= blocksOf(last.lines)
    const condition = isVariant ? last.branches?.[one.startLine - 1] : last.blocks?.[one.startLine - 1]
    return condition === undefined || condition === '' || condition.length > MAX_CHARS ? one : { ...one, condition }
  })
}

interface Lines {
  readonly file: string
  readonly lines: readonly string[]
  /** For each line, the innermost preprocessor branch. */
  branches: readonly string[] | null
  blocks: readonly (string | undefined)[] | null
}

/**
 * For each line, the condition of the innermost `#if` around it; for an `#else`, the negated condition. Include guards
 * do not count.
 */
function branchesOf(lines: readonly string[]): string[] {
  /** The branch of each open conditional, and the innermost branch there that is not a guard. */
  const open: { branch: string; shown: string }[] = []
  const enter = (branch: string): void => {
    open.push({ branch, shown: branch === '' ? (open.at(-1)?.shown ?? '') : branch })
  }
  return lines.map((whole, index) => {
    const line = whole.slice(0, MAX_LINE)
    const [, word = '', rest = ''] = /^\s*#\s*(ifdef|ifndef|if|elif|else|endif)\b(.*)$/.exec(line) ?? []
    const remark = rest.search(/\/[/*]/)
    const words = (remark < 0 ? rest : rest.slice(0, remark)).replace(/\s+/g, ' ').trim()
    if (word === 'endif') open.pop()
    else if (word === 'elif' || word === 'else') {
      const before = open.pop()?.branch ?? ''
      enter(word === 'elif' ? `#elif ${words}` : otherOf(before))
    } else if (word !== '') enter(isGuard(word, words, lines[index + 1] ?? '') ? '' : `#${word} ${words}`)
    return open.at(-1)?.shown ?? ''
  })
}

/** Whether this is an include guard: `#ifndef A_H` directly above `#define A_H`. */
const isGuard = (word: string, name: string, next: string): boolean =>
  word === 'ifndef' && /^\s*#\s*define\s+(\w+)/.exec(next)?.[1] === name

/** The branch after `#else`. A second `#else`, which is an error, changes nothing. */
function otherOf(branch: string): string {
  const [, word = '', words = ''] = /^#(\w+) (.*)$/.exec(branch) ?? []
  if (word === 'else') return branch
  if (word === 'ifdef') return `#ifndef ${words}`
  if (word === 'ifndef') return `#ifdef ${words}`
  return word === 'if' && /^[\w()]+(?:\([^()]*\))?$/.test(words)
    ? `#if !${words}`
    : words === ''
      ? ''
      : `#else of #${word} ${words}`
}

interface Block {
  readonly margin: number
  readonly words: string
  /** The first branch of the `if` chain that this block belongs to. */
  readonly opener: string
}

/** For each line, the condition of the block around it by indentation; `undefined` if that is not a branch. */
function blocksOf(lines: readonly string[]): (string | undefined)[] {
  const stack: Block[] = []
  return lines.map((line) => {
    if (/^\s*(?:#|$)/.test(line)) return undefined
    const [margin, words] = [marginOf(line), line.trim().slice(0, MAX_LINE)]
    let before: Block | undefined
    while ((stack.at(-1)?.margin ?? -1) >= margin) before = stack.pop()
    const isNext = before?.margin === margin && /^(?:else|elif|elsif)\b/.test(words)
    const around = stack.at(-1)
    stack.push({ margin, words, opener: isNext ? (before?.opener ?? '') : words })
    return around === undefined ? undefined : conditionOf(around)
  })
}

function conditionOf({ words, opener }: Block): string | undefined {
  if (!/^else\b/.test(words)) return BRANCH.test(words) ? plain(words) : undefined
  const [, word = '', condition = ''] = /^(if|unless)\b(.*)/.exec(opener) ?? []
  if (word === '') return undefined
  return word === 'if' ? `if not (${plain(condition)})` : `if ${plain(condition)}`
}

function plain(words: string): string {
  const remark = words.search(/\s#\s/)
  const code = remark < 0 ? words : words.slice(0, remark)
  return code
    .trim()
    .replace(/(?::| then)$/, '')
    .trim()
}

function marginOf(line: string): number {
  return /^\s*/.exec(line.replace(/\t/g, '        '))?.[0].length ?? 0
}
