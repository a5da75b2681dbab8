/** The forms of comments and string literals in languages that are scanned without a parser. */

export interface LiteralForm {
  open: string
  close: string
  /** Whether `\` escapes the next character. */
  escapes: boolean
  /** Whether the literal may span lines. */
  lines: boolean
  /** The text that starts an interpolation. */
  computed?: string
}

export interface LexicalRules {
  lineComments: readonly string[]
  blockComments: readonly (readonly [open: string, close: string])[]
  /** Tried in order: longer ones first. */
  literals: readonly LiteralForm[]
  /** Special cases of one language. */
  dialect?: 'javascript' | 'python' | 'ruby' | 'rust' | 'php'
}

/** Maximum number of hashes around a raw string of Rust, as in the compiler. */
export const MAX_HASHES = 255

const DOUBLE: LiteralForm = { open: '"', close: '"', escapes: true, lines: false }
const SINGLE: LiteralForm = { open: "'", close: "'", escapes: true, lines: false }
const BLOCK = ['/*', '*/'] as const

function triple(quote: string, computed?: string): LiteralForm {
  return { open: quote, close: quote, escapes: true, lines: true, ...(computed === undefined ? {} : { computed }) }
}

/** Java, C, C++, Kotlin, Groovy, Scala. */
export const C_LIKE: LexicalRules = {
  lineComments: ['//'],
  blockComments: [BLOCK],
  literals: [triple('"""', '$'), triple("'''"), { ...DOUBLE, computed: '$' }, SINGLE],
}
export const GO: LexicalRules = {
  lineComments: ['//'],
  blockComments: [BLOCK],
  literals: [DOUBLE, SINGLE, { open: '`', close: '`', escapes: false, lines: true }],
}
export const JAVASCRIPT: LexicalRules = { ...C_LIKE, literals: [DOUBLE, SINGLE], dialect: 'javascript' }
export const RUST: LexicalRules = { ...C_LIKE, literals: [{ ...DOUBLE, lines: true }], dialect: 'rust' }
export const PYTHON: LexicalRules = {
  lineComments: ['#'],
  blockComments: [],
  literals: [triple('"""'), triple("'''"), DOUBLE, SINGLE],
  dialect: 'python',
}
export const RUBY: LexicalRules = {
  lineComments: ['#'],
  blockComments: [['\n=begin', '\n=end']],
  literals: [{ ...DOUBLE, computed: '#{' }, SINGLE],
  dialect: 'ruby',
}
export const PHP: LexicalRules = {
  lineComments: ['//', '#'],
  blockComments: [BLOCK, ['?>', '<?']],
  literals: [
    { ...DOUBLE, lines: true, computed: '$' },
    { ...SINGLE, lines: true },
  ],
  dialect: 'php',
}
