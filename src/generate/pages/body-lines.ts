/** The shape of a body in languages whose blocks are told by words at the beginning of lines: Python, Ruby, Bash. */

import { MAX_DEPTH } from './body-braces.ts'
import type { BodyShape, Part } from './body-shape.ts'

/** An open bracket, or the whole text. */
interface Frame {
  open: string
  at: number
  /** End with the element, the line or the bracket. */
  ends: Part[]
  /** Run when the element, the line or the bracket has ended. */
  waits: Part[]
  /** Where the element begins. */
  element: number
  /** What a comprehension makes, when one was met. */
  made: Part | null
}

/** A block that lasts as long as lines are indented further. */
interface Block {
  indent: number
  keyword: string
  part: Part | null
  /** Whether its last statement raises. */
  isThrown: boolean
}

interface Grammar {
  /** A line that begins a block. */
  header: RegExp
  /** A statement that raises. */
  raise: RegExp
  token: RegExp
}

const WORD = (words: string): string => String.raw`(?<![\w$.@:])(?:${words})(?![\w?!:=])`
const SIGNS = String.raw`[()[\]{},;\n]|&&|\|\||(?<![-=!<>+*/&|^%~:])=(?![=~>])`

const GRAMMARS = new Map<string, Grammar>([
  [
    'python',
    {
      header: /(?:async\s+)?(?<word>def|class|if|elif|else|for|while|try|except|finally|with|match|case)\b/y,
      raise: /raise\b/y,
      token: new RegExp(String.raw`${SIGNS}|:|(?<![\w.])(?:lambda|if|else|for|and|or|return|yield)(?!\w)`, 'g'),
    },
  ],
  [
    'ruby',
    {
      header:
        /(?:[\w.@[\]]{1,80}[ \t]*(?:\|\|)?=[ \t]*)?(?<word>def|class|module|if|unless|elsif|else|case|when|in|while|until|for|begin|rescue|ensure)(?![\w?!:])/y,
      raise: /(?:raise|fail)\b/y,
      token: new RegExp(String.raw`${SIGNS}|(?<=\s)\?(?=\s)|->|${WORD('if|unless|while|until|rescue|do|and|or')}`, 'g'),
    },
  ],
  [
    'bash',
    {
      header: /(?<word>if|elif|else|for|while|until|case)\b/y,
      raise: /(?:exit|die|return)\b/y,
      token: new RegExp(SIGNS, 'g'),
    },
  ],
])
const KINDS = new Map<string, Part['kind']>([
  ['def', 'nested'],
  ['class', 'nested'],
  ['module', 'nested'],
  ...['if', 'elif', 'else', 'unless', 'elsif', 'case', 'when', 'in', 'match'].map((word) => [word, 'branch'] as const),
  ...['for', 'while', 'until'].map((word) => [word, 'loop'] as const),
  ['except', 'failure'],
  ['rescue', 'failure'],
])
/** Their line itself is looked at only in some cases. */
const FURTHER = new Set(['elif', 'elsif', 'else', 'when', 'in', 'def', 'class', 'module', 'except', 'rescue'])
const CLOSING: Record<string, string> = { ')': '(', ']': '[', '}': '{' }
/** White space of a line, as far as it counts. */
const MAX_INDENT = 400

export function linedShape(bare: string, start: number, end: number, language: string): BodyShape {
  const { header, raise, token } = GRAMMARS.get(language) as Grammar
  const isPython = language === 'python'
  const parts: Part[] = []
  const closes = new Map<number, number>()
  const frame = (open: string, at: number): Frame => {
    return { open, at, ends: [], waits: [], element: at + open.length, made: null }
  }
  const root = frame('', start)
  const stack = [root]
  let top = root
  const blocks: Block[] = []
  /** Whether the head of the declaration itself was passed. */
  let isInside = false
  /** The block whose line is not over, and where the word stands that began it. */
  let pending: Block | null = null
  let headAt = -1
  let lineAt = start

  const begin = (kind: Part['kind'], from: number, to = end): Part => {
    const part: Part = { from, to, kind }
    if (stack.length <= MAX_DEPTH) parts.push(part)
    return part
  }
  /** What lasts to the end of the element, once of each kind. */
  const rules = (kind: Part['kind'], from: number): void => {
    if (!top.ends.some((part) => part.kind === kind)) top.ends.push(begin(kind, from))
  }
  const settle = (to: number): void => {
    for (const part of top.ends) part.to = to
    for (const part of top.waits) part.until = to
    top.ends = []
    top.waits = []
    top.made = null
    top.element = to + 1
  }
  const isBlank = (at: number): boolean => {
    const code = bare.charCodeAt(at)
    return at >= end || code === 10 || code === 13 || code === 1
  }
  /** A line outside of brackets begins. */
  const beginLine = (at: number): void => {
    lineAt = at
    let first = at
    while (first < at + MAX_INDENT && (bare[first] === ' ' || bare[first] === '\t')) first += 1
    if (isBlank(first)) return
    const indent = first - at
    let closed = ''
    for (let block = blocks.at(-1); block !== undefined && block.indent >= indent; block = blocks.at(-1)) {
      blocks.pop()
      if (block.part === null) continue
      block.part.to = at
      if (block.part.kind === 'branch' && block.isThrown) block.part.kind = 'failure'
      closed = block.indent === indent ? block.keyword : ''
    }
    root.element = first
    header.lastIndex = first
    const match = header.exec(bare)
    const word = match?.groups?.word
    raise.lastIndex = first
    const isRaised = raise.test(bare)
    const around = blocks.at(-1)
    if (around !== undefined) around.isThrown = isRaised
    if (isRaised && language !== 'bash') rules('failure', first)
    if (word === undefined || match === null) return
    headAt = first + match[0].length - word.length
    let kind = KINDS.get(word)
    if (kind === 'nested' && !isInside) {
      isInside = true
      return
    }
    // What follows a `try` without an error, or a whole loop, is the usual way.
    if (word === 'else' && (closed === 'except' || closed === 'rescue' || closed === 'for' || closed === 'while'))
      kind = undefined
    const part = kind === undefined ? null : begin(kind, first)
    const block: Block = { indent, keyword: word, part, isThrown: false }
    blocks.push(block)
    if (!FURTHER.has(word) && (word !== 'case' || !isPython)) pending = block
  }
  const passHead = (at: number): void => {
    if (pending?.part != null) pending.part.from = at
    pending = null
  }
  const isAtHead = (at: number): boolean => at === headAt
  /** What stands before a word is done after what stands behind it, if at all. */
  const comesLate = (at: number, kind: 'branch' | 'loop'): void => {
    for (const part of top.ends) part.to = at
    top.ends = []
    const part = begin(kind, top.element, at)
    top.waits.push(part)
    const around = blocks.at(-1)
    if (around !== undefined && top === root) around.isThrown = false
  }
  const word = (sign: string, at: number): void => {
    if (isAtHead(at)) return
    if (sign === 'lambda') {
      rules('nested', at)
      const colon = bare.indexOf(':', at)
      if (colon !== -1 && colon < at + 200) token.lastIndex = colon + 1
    } else if (sign === 'return' || sign === 'yield') top.element = at + sign.length
    else if (sign === 'and' || sign === 'or' || sign === '&&' || sign === '||' || sign === '?') rules('branch', at)
    else if (sign === 'rescue') rules('failure', at)
    else if (sign === 'else') {
      for (const part of top.waits) part.until = at
      top.waits = []
      rules('branch', at)
    } else if (sign === 'for') {
      if (top === root) return
      comesLate(at, 'loop')
      top.made = top.waits.at(-1) ?? null
    } else if (sign === 'if' && top.made !== null) {
      top.waits.push(begin('branch', top.made.from, top.made.to))
    } else if (sign === 'while' || sign === 'until') {
      if (top === root) comesLate(at, 'loop')
    } else if (isPython || top === root) comesLate(at, 'branch')
  }
  /** `do |x|` at the end of a line: the lines below are a function that the call is given. */
  const openDo = (at: number): void => {
    DO.lastIndex = at
    if (!DO.test(bare) || (headAt >= lineAt && headAt < at)) return
    const indent = /^[ \t]*/.exec(bare.slice(lineAt, lineAt + MAX_INDENT))?.[0].length ?? 0
    const isAlways = /\bloop[ \t]+$/.test(bare.slice(Math.max(lineAt, at - 20), at))
    const part = begin(isAlways ? 'loop' : 'nested', at)
    blocks.push({ indent, keyword: 'do', part, isThrown: false })
  }

  beginLine(start)
  token.lastIndex = start
  for (let match = token.exec(bare); match !== null && match.index < end; match = token.exec(bare)) {
    const at = match.index
    const sign = match[0]
    if (sign === '\n') {
      if (top !== root || bare[at - 1] === '\\') continue
      settle(at)
      passHead(at)
      beginLine(at + 1)
    } else if (language === 'bash' && (sign === '{' || sign === '}')) {
      // Its braces are of a function, whose lines count, or of a variable.
    } else if (sign === '(' || sign === '[' || sign === '{') {
      const isBlock =
        sign === '{' && language === 'ruby' && /[\w)?!][ \t]*$|->[ \t]*$/.test(bare.slice(Math.max(start, at - 20), at))
      const part = isBlock ? begin('nested', at) : null
      top = frame(sign, at)
      if (part !== null) top.ends.push(part)
      stack.push(top)
    } else if (sign in CLOSING) {
      if (top.open !== CLOSING[sign]) continue
      settle(at)
      closes.set(top.at, at)
      stack.pop()
      top = stack.at(-1) ?? root
    } else if (sign === ',' || sign === ';') {
      // In a block in braces a comma or a semicolon does not end it.
      if (top.open !== '{' || language !== 'ruby') settle(at)
    } else if (sign === '=') {
      top.element = at + 1
    } else if (sign === ':') {
      if (top === root && pending !== null) {
        passHead(at)
        root.element = at + 1
      } else if (top.open === '{') top.element = at + 1
    } else if (sign === 'do') {
      openDo(at)
    } else if (sign !== '->') {
      word(sign, at)
    }
  }
  for (top = stack.pop() ?? root; top !== root; top = stack.pop() ?? root) settle(end)
  settle(end)
  for (const { part, isThrown } of blocks) if (part?.kind === 'branch' && isThrown) part.kind = 'failure'
  return { parts, closes }
}

const DO = /do[ \t]*(?:\|[^|\n]{0,200}\|[ \t]*)?(?:[^ -\uffff\n\t][^ -\uffff\n]*)?(?=\n)/y
