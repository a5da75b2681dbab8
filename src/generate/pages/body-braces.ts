/** The shape of a body in languages whose blocks stand in braces. */

import { grammarOf, type Kind, tokenOf } from './body-grammars.ts'
import type { BodyShape, Part } from './body-shape.ts'

/** An open bracket, or the whole text. */
interface Frame {
  open: string
  at: number
  /** Ends with the bracket. */
  part: Part | null
  /** The keyword before the block. */
  keyword: string
  /** End with the element, the statement or the bracket. */
  ends: Part[]
  /** A keyword that waits for its block, or for the parentheses at `open`. */
  head: { keyword: string; at: number; open: number; part: Part | null } | null
  /** A declaration that waits for its body. */
  declares: 'function' | 'class' | null
  /** Where the last statement that throws ended. */
  thrown: number
}

/** What is nested deeper counts as what it is in. */
export const MAX_DEPTH = 200
/** How far white space and comments are passed over. */
const MAX_LOOK = 400
/** Languages in which a block after a call or a name is a function that the call is given. */
const TRAILING = new Set(['kotlin', 'scala', 'swift'])
const CLOSING: Record<string, string> = { ')': '(', ']': '[', '}': '{' }
export function bracedShape(bare: string, start: number, end: number, language: string): BodyShape {
  const known = grammarOf(language)
  const isScript = known.isScript
  const parts: Part[] = []
  const closes = new Map<number, number>()
  const frame = (open: string, at: number, part: Part | null, keyword = ''): Frame => {
    return { open, at, part, keyword, ends: [], head: null, declares: null, thrown: -1 }
  }
  const root = frame('', start, null)
  const stack = [root]
  let top = root
  /** Whether the body of the declaration itself was met. */
  let isInside = false
  let lastClose = { open: -1, close: -1 }
  /** The block that begins at a place, as the keyword before it says. */
  let block: { at: number; kind: Kind; keyword: string } | null = null

  const begin = (kind: Part['kind'], from: number, until?: number): Part => {
    const part: Part = { from, to: end, kind, ...(until === undefined ? {} : { until }) }
    if (stack.length <= MAX_DEPTH) parts.push(part)
    return part
  }
  /** What lasts to the end of the element, once of each kind. */
  const rules = (kind: Part['kind'], from: number, until?: number): void => {
    if (!top.ends.some((part) => part.kind === kind)) top.ends.push(begin(kind, from, until))
  }
  /** A function's body that may be the one that is read. */
  const makes = (): boolean => {
    const isOwn = top === root && !isInside
    if (isOwn) isInside = true
    return !isOwn
  }
  const settle = (to: number): void => {
    for (const part of top.ends) {
      part.to = to
      if (part.kind === 'failure') top.thrown = to
    }
    top.ends = []
  }
  const after = (at: number): number => {
    let next = at
    const limit = Math.min(end, at + MAX_LOOK)
    while (next < limit && isSpace(bare.charCodeAt(next))) next += 1
    return next
  }
  const before = (at: number): number => {
    let last = at - 1
    const limit = Math.max(start, at - MAX_LOOK)
    while (last >= limit && isSpace(bare.charCodeAt(last))) last -= 1
    return last
  }
  const lineOf = (at: number): string => bare.slice(Math.max(start, at - 120), at)
  /** What comes after `=>` and the like: a block, or one expression. */
  const function_ = (at: number): void => {
    const next = after(at)
    const isNested = makes()
    if (bare[next] === '{') block = { at: next, kind: isNested ? 'nested' : null, keyword: 'function' }
    else if (isNested) rules('nested', next)
  }
  /** What a keyword with or without its condition rules. */
  const rule = (at: number, keyword: string): void => {
    const kind = known.heads.get(keyword) ?? null
    const next = after(at)
    if (bare[next] === '{') block = { at: next, kind, keyword }
    else if (kind !== null && bare[next] !== ';' && bare[next] !== ':' && bare[next] !== '-') rules(kind, next)
  }
  const openBrace = (at: number): void => {
    const last = before(at)
    const sign = bare[last] ?? ''
    const head = /([\w$#]*)$/.exec(lineOf(last + 1))?.[1] ?? ''
    let kind: Kind = null
    let keyword = ''
    if (block?.at === at) {
      kind = block.kind
      keyword = block.keyword
    } else if (top.declares !== null && head !== 'interface' && head !== 'struct') {
      top.declares = null
      keyword = 'function'
      if (makes()) kind = 'nested'
    } else if (top.head !== null && top.head.open === -1 && !known.hasParentheses) {
      keyword = top.head.keyword
      kind = isFailure(bare.slice(top.head.at, at).slice(0, 300)) ? 'failure' : (known.heads.get(keyword) ?? null)
      top.head = null
    } else if (isMade(at, last, sign, head) && makes()) {
      kind = 'nested'
      keyword = 'function'
    }
    if (keyword !== '' && !known.hasParentheses && kind !== 'nested') settle(at)
    const next = frame('{', at, kind === null ? null : begin(kind, at), keyword)
    stack.push(next)
    top = next
  }
  /** Whether a brace without a keyword of its own begins a function or a class. */
  const isMade = (at: number, last: number, sign: string, head: string): boolean => {
    if (TRAILING.has(language)) return sign === ')' || head !== '' || (language !== 'scala' && /[=(,]/.test(sign))
    const between = bare.slice(lastClose.close + 1, at)
    const isTyped = isScript && /^\s*:[^;{}=]{0,160}$/.test(between.slice(0, 200)) && between.length < 200
    const isAfter = last === lastClose.close || isTyped
    const name = isAfter ? lineOf(lastClose.open) : ''
    if (language === 'cpp')
      return /\][ ]*$/.test(isAfter ? name : lineOf(last + 1)) || isLambdaTail(between, lastClose.open)
    if (language === 'java')
      return /\bnew\s+[\w.]+(?:<[^<>()]*(?:<[^<>()]*>)?[^<>()]*>)?\s*$/.test(name) || isMethod(name)
    if (language === 'csharp') return !/\bnew\s+[\w.<>, ]+$/.test(name) && isMethod(name)
    return isScript && isMethod(name) && !/\bcase\b[^\n]*$/.test(name)
  }
  const isLambdaTail = (between: string, open: number): boolean =>
    between.length < 120 &&
    /^\s*(?:mutable|noexcept|constexpr|\s)*(?:->[\w:<>&* ,]+)?\s*$/.test(between) &&
    /\]\s*$/.test(lineOf(open))
  const close = (sign: string, at: number): void => {
    const open = CLOSING[sign]
    if (top.open !== open) return
    settle(at)
    const closed = top
    stack.pop()
    top = stack.at(-1) ?? root
    closes.set(closed.at, at)
    if (closed.part !== null) closed.part.to = at + 1
    if (sign === ')') {
      lastClose = { open: closed.at, close: at }
      if (top.head?.open === closed.at) {
        const { keyword, part } = top.head
        if (part !== null) part.to = at
        top.head = null
        rule(at + 1, keyword)
      }
    }
    if (sign !== '}') return
    const isThrown =
      closed.thrown !== -1 && /^[\s;]*$/.test(bare.slice(closed.thrown, Math.min(at, closed.thrown + 80)))
    if (closed.part?.kind === 'branch' && isThrown) closed.part.kind = 'failure'
    if (closed.part?.kind === 'nested' && isCalledAtOnce(closed.at, at)) closed.part.to = closed.part.from
    // A statement that ends with a block ends what ruled it without braces.
    if (
      closed.keyword !== '' &&
      closed.keyword !== 'function' &&
      !/^\s*(?:else|catch|finally)\b/.test(bare.slice(at + 1, at + 40))
    )
      settle(at + 1)
  }
  /** `(() => { … })()`, `func() { … }()` */
  const isCalledAtOnce = (open: number, at: number): boolean => {
    const next = after(at + 1)
    if (language === 'go') return bare[next] === '(' && !/\b(?:go|defer)\s+func\b[^{}]*$/.test(lineOf(open))
    if (!isScript || bare[next] !== ')' || top.open !== '(' || /[\w$)\]]/.test(bare[top.at - 1] ?? '')) return false
    return bare[after(next + 1)] === '('
  }
  const isLineOver = (at: number): boolean => {
    if (!known.endsLines || (top.open !== '' && top.open !== '{')) return false
    return !/[=(,&|+\-*/?:<>.[{]/.test(bare[before(at)] ?? '') && !/[.?:&|+*/=,)\]]/.test(bare[after(at)] ?? '')
  }

  const token = tokenOf(known)
  token.lastIndex = start
  for (let match = token.exec(bare); match !== null && match.index < end; match = token.exec(bare)) {
    const at = match.index
    const sign = match[0]
    if (sign === '{') openBrace(at)
    else if (sign === '(' || sign === '[') {
      top = frame(sign, at, null)
      stack.push(top)
    } else if (sign in CLOSING) close(sign, at)
    else if (sign === ',') settle(at)
    else if (sign === ';') {
      settle(at)
      top.declares = null
      if (known.hasParentheses) top.head = null
    } else if (sign === '\n') {
      if (language === 'go') top.declares = null
      if (top.ends.length > 0 && isLineOver(at)) settle(at)
    } else if (sign === '=') {
      const isBody = top.declares === 'function' && TRAILING.has(language)
      top.declares = null
      if (isBody) function_(at + 1)
    } else if (sign === '=>') {
      if (isScript && !isTypeArrow(bare, at, end)) function_(at + 2)
      else if (language === 'csharp' && top.keyword !== 'switch') function_(at + 2)
      else if (language === 'csharp') rules('branch', at + 2)
      else if (language === 'scala' && !/(?:^|[\n{;])\s*case\b[^\n]*$/.test(lineOf(at))) function_(at + 2)
      else if (language === 'php' && top.declares === 'function') {
        top.declares = null
        function_(at + 2)
      } else if (language === 'rust') top.head = null
    } else if (sign === '->') {
      if (language === 'java' && !/(?:^|[\n{;])\s*(?:case\b[^;{}]*|default\s*)$/.test(lineOf(at))) function_(at + 2)
    } else if (sign === '|' || (sign === '||' && language === 'rust' && isPrefix(bare, at, start))) {
      if (language !== 'rust' || !isPrefix(bare, at, start)) continue
      CLOSURE.lastIndex = at
      const closure = CLOSURE.exec(bare)?.[0]
      if (closure === undefined) continue
      token.lastIndex = at + closure.length
      function_(token.lastIndex)
    } else if (/^[&|?]/.test(sign)) {
      const isWildcard = sign === '?' && /^\s*(?:extends|super)\b/.test(bare.slice(at + 1, at + 20))
      if (!isWildcard && !(sign === '?' && language === 'rust')) rules('branch', at + sign.length)
    } else if (sign === 'defer') {
      if (language === 'go') rules('late', at, end + (end - at))
    } else if (known.throws.includes(sign)) {
      rules('failure', at)
    } else if (known.functions.includes(sign)) {
      top.declares = 'function'
    } else if (known.classes.includes(sign)) {
      top.declares = 'class'
    } else {
      if (sign === 'else') settle(at)
      const next = after(at + sign.length)
      const skipped = /^(?:await|constexpr)\s*/.exec(bare.slice(next, next + 20))?.[0].length ?? 0
      const open = next + skipped
      if (sign === 'else' && /^if\b/.test(bare.slice(next, next + 3))) continue
      // The condition of an `else if` is looked at only where the first one does not hold.
      const isElse = sign === 'if' && /\belse\s+$/.test(lineOf(at))
      if (bare[next] === '{') rule(at + sign.length, sign)
      else if (!known.hasParentheses) {
        top.head = { keyword: sign, at, open: -1, part: null }
        if (isElse) rules('branch', at)
      } else if (bare[open] === '(' && sign !== 'else')
        top.head = { keyword: sign, at, open, part: isElse ? begin('branch', at) : null }
      else if (sign === 'else') rule(at + sign.length, sign)
    }
  }
  return { parts, closes }
}

const CLOSURE = /\|[^|;{}\n]{0,200}\|/y

/** Whether a bar begins a closure and is no operator. */
function isPrefix(bare: string, at: number, start: number): boolean {
  return /(?:[(,=;{}[>]|\b(?:move|return|else))\s*$/.test(bare.slice(Math.max(start, at - 40), at))
}

/** `const f: (x: T) => U = …`: the arrow of a type, after which the value comes. */
function isTypeArrow(bare: string, at: number, end: number): boolean {
  const head = bare.slice(Math.max(0, at - 200), at)
  if (!/:\s*(?:<[^<>]*>)?\([^()]*\)\s*$/.test(head)) return false
  return /^[^;{}()\n]*?[^=!<>]=(?![=>])/.test(bare.slice(at + 2, Math.min(end, at + 200)))
}

/** `name(`, and no word of the language before the parenthesis. */
function isMethod(head: string): boolean {
  const name = /([\w$#]+)\s*(?:<[^<>()]*>)?\s*$/.exec(head)?.[1]
  return name !== undefined && !WORDS.has(name)
}

const WORDS = new Set(['return', 'await', 'in', 'of', 'new', 'typeof', 'case', 'yield', 'and', 'or', 'not', 'is'])

/** Conditions that only an error meets. */
function isFailure(head: string): boolean {
  return /\berr\w*\s*!=\s*nil\b/.test(head) || /^if\s+let\s+Err\b/.test(head)
}

/** White space, or what stands for a letter of a comment. */
function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 1
}
