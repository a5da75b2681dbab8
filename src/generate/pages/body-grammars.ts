/** The words of languages whose blocks stand in braces: what rules a block, what begins a function or a class, what throws. */

import type { Part } from './body-shape.ts'

/** `null` is a block that simply runs. */
export type Kind = Part['kind'] | null

export interface Grammar {
  heads: ReadonlyMap<string, Kind>
  /** Whether a condition stands in parentheses. */
  hasParentheses: boolean
  functions: readonly string[]
  classes: readonly string[]
  throws: readonly string[]
  /** Whether a line's end may end a statement. */
  endsLines: boolean
  /** JavaScript and its kin. */
  isScript: boolean
}

const C_HEADS: [string, Kind][] = [
  ['if', 'branch'],
  ['else', 'branch'],
  ['for', 'loop'],
  ['while', 'loop'],
  ['do', 'loop'],
  ['switch', 'branch'],
  ['catch', 'failure'],
  ['try', null],
  ['finally', null],
]
const kept = (words: string): [string, Kind][] => C_HEADS.filter(([word]) => words.split(' ').includes(word))

function grammar(heads: [string, Kind][], words: Partial<Omit<Grammar, 'heads'>> = {}): Grammar {
  return {
    heads: new Map(heads),
    hasParentheses: true,
    functions: [],
    classes: [],
    throws: ['throw'],
    endsLines: false,
    isScript: false,
    ...words,
  }
}

const SCRIPT = grammar(C_HEADS, { functions: ['function'], classes: ['class'], endsLines: true, isScript: true })
const GRAMMARS = new Map<string, Grammar>([
  ['c', grammar(kept('if else for while do switch'), { throws: [] })],
  ['cpp', grammar(C_HEADS, { classes: ['class', 'struct'] })],
  [
    'csharp',
    grammar([...C_HEADS, ['foreach', 'loop'], ['using', null], ['lock', null], ['fixed', null]], {
      functions: ['delegate'],
    }),
  ],
  [
    'go',
    grammar([...kept('if else for switch'), ['select', 'branch']], {
      hasParentheses: false,
      functions: ['func'],
      throws: ['panic'],
      endsLines: true,
    }),
  ],
  ['java', grammar([...C_HEADS, ['synchronized', null]], { classes: ['class', 'interface', 'enum', 'record'] })],
  [
    'kotlin',
    grammar([...C_HEADS, ['when', 'branch'], ['with', null]], {
      functions: ['fun'],
      classes: ['class', 'interface', 'object'],
      endsLines: true,
    }),
  ],
  [
    'php',
    grammar([...C_HEADS, ['elseif', 'branch'], ['foreach', 'loop'], ['match', 'branch']], {
      functions: ['function', 'fn'],
      classes: ['class'],
    }),
  ],
  [
    'rust',
    grammar([...kept('if else for while'), ['match', 'branch'], ['loop', 'loop'], ['unsafe', null]], {
      hasParentheses: false,
      functions: ['fn'],
      classes: ['struct', 'enum', 'impl', 'trait', 'async'],
      throws: ['panic', 'bail', 'return Err'],
    }),
  ],
  [
    'scala',
    grammar([...C_HEADS, ['match', 'branch'], ['yield', 'loop']], {
      functions: ['def'],
      classes: ['class', 'trait', 'object'],
      endsLines: true,
    }),
  ],
  [
    'swift',
    grammar([...C_HEADS, ['guard', 'branch'], ['repeat', 'loop'], ['do', null]], {
      hasParentheses: false,
      functions: ['func'],
      classes: ['class', 'struct', 'enum'],
      endsLines: true,
    }),
  ],
])
const tokens = new Map<Grammar, RegExp>()

/** Every sign and word that matters, found one after the other. */
export function tokenOf(known: Grammar): RegExp {
  const found = tokens.get(known)
  if (found !== undefined) return found
  const words = [...known.heads.keys(), ...known.functions, ...known.classes, ...known.throws, 'defer']
  const token = new RegExp(
    String.raw`[()[\]{};,\n]|=>|->|(?<=\s)(?:&&|\|\||\?\?|\?:|\?)(?=\s)|\|\|?|(?<![-=!<>+*/&|^%:])=(?!=)|(?<![\w$.@#:])(?:${words.join('|')})(?![\w$])`,
    'g',
  )
  tokens.set(known, token)
  return token
}

/** What is not known here is read as JavaScript. */
export function grammarOf(language: string): Grammar {
  return GRAMMARS.get(language) ?? SCRIPT
}
