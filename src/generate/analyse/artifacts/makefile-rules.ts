/** Parses the rules of a Makefile line by line. Variables are not expanded: words with references are unknown. */

export interface Rule {
  targets: string[]
  prerequisites: string[]
  /** Recipe lines, without the tab. */
  recipe: string[]
  startLine: number
  endLine: number
}

export interface Makefile {
  rules: Rule[]
  /** The words of `include` lines. */
  includes: string[]
}

const MAX_LINES = 50_000
const DIRECTIVE = /^(?:export|unexport|override|private|ifn?eq|ifn?def|else|endif|undefine|vpath|load|-load)(?=[\s(]|$)/

export function readMakefile(text: string): Makefile {
  const makefile: Makefile = { rules: [], includes: [] }
  let open: Rule | undefined
  let isDefinition = false
  const lines = text.split('\n', MAX_LINES)
  for (let at = 0; at < lines.length; at++) {
    const startLine = at + 1
    let line = (lines[at] ?? '').replace(/\r$/, '')
    const joined = [line]
    while (line.endsWith('\\') && at + 1 < lines.length) {
      line = (lines[++at] ?? '').replace(/\r$/, '')
      joined.push(line)
    }
    const whole = joined.map((part, index) => (index < joined.length - 1 ? part.slice(0, -1) : part)).join(' ')
    const start = whole.trimStart()
    if (isDefinition) {
      isDefinition = !/^endef(?=\s|$)/.test(start)
    } else if (/^(?:(?:export|override|private)\s+)*define(?=\s|$)/.test(start)) isDefinition = true
    else if (whole.startsWith('\t')) {
      if (open === undefined) continue
      open.recipe.push(start)
      open.endLine = at + 1
    } else if (start === '' || start.startsWith('#') || DIRECTIVE.test(start)) {
      // These neither belong to a rule nor end one.
    } else if (/^(?:-|s)?include\s/.test(start)) {
      for (const path of start.split(/\s+/).slice(1)) makefile.includes.push(path)
      open = undefined
    } else {
      open = ruleOf(start, startLine, at + 1)
      if (open !== undefined) makefile.rules.push(open)
    }
  }
  return makefile
}

/** `targets: prerequisites | order-only ; recipe`; not `name := value` and not `target: name = value`. */
function ruleOf(line: string, startLine: number, endLine: number): Rule | undefined {
  const text = withoutComment(line)
  const colon = outsideReferences(text, ':')
  const equals = outsideReferences(text, '=')
  if (colon < 0 || (equals >= 0 && equals < colon) || /^:{1,3}=/.test(text.slice(colon))) return undefined
  // `a b &: c` is one rule for both targets.
  const targets = wordsOf(text.slice(0, colon).replace(/&$/, ''))
  const rest = text.slice(colon).replace(/^::?/, '')
  const semicolon = outsideReferences(rest, ';')
  const before = semicolon < 0 ? rest : rest.slice(0, semicolon)
  if (outsideReferences(before, '=') >= 0) return undefined
  const prerequisites = wordsOf(before.replace('|', ' '))
  const recipe = semicolon < 0 ? [] : [rest.slice(semicolon + 1).trim()]
  // A static pattern rule has a second colon; its prerequisites are derived from its targets.
  const isPattern = prerequisites.some((word) => word.includes('%') || word.includes(':'))
  return { targets, prerequisites: isPattern ? [] : prerequisites, recipe, startLine, endLine }
}

function withoutComment(line: string): string {
  const mark = line.search(/(?:^|\s)#/)
  return mark < 0 ? line : line.slice(0, mark)
}

/** Index of a character outside `$(…)` and `${…}`; -1 without one. */
function outsideReferences(text: string, character: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '$' && (text[at + 1] === '(' || text[at + 1] === '{')) {
      depth++
      at++
    } else if (depth > 0 && (text[at] === '(' || text[at] === '{')) depth++
    else if (depth > 0 && (text[at] === ')' || text[at] === '}')) depth--
    else if (depth === 0 && text[at] === character) return at
  }
  return -1
}

/** The words without references. */
function wordsOf(text: string): string[] {
  const words: string[] = []
  let word = ''
  let depth = 0
  for (const character of `${text} `) {
    if (depth === 0 && /\s/.test(character)) {
      if (word !== '' && !word.includes('$')) words.push(word)
      word = ''
      continue
    }
    if (character === '(' || character === '{') depth++
    else if (depth > 0 && (character === ')' || character === '}')) depth--
    word += character
  }
  return words
}
