/** Finds code names in a question. */

/** More names than people type in a question. */
const MAX_NAMES = 8
const MAX_NAME = 200

const WORD = /[\p{L}\p{N}_$][\p{L}\p{N}_$.:#>/-]*/gu
/** `snake_case`, `camelCase`, `HTTPServer`, `a.run`, `a::run`, `a->run`, `a#run`. */
const CODE_LIKE = /[\p{L}\p{N}]_[\p{L}\p{N}]|\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}{2}|[\p{L}\p{N}_](?:\.|::|->|#)[\p{L}_]{2}/u
const QUOTED = /`([^`\n]{1,200})`/g
const PATH = /^[\p{L}\p{N}_@.+-]+(?:\/[\p{L}\p{N}_@.+-]+)+$/u

export interface NamesIn {
  /** Names that are written as code or look like it; file names without a folder may be among them. */
  symbols: string[]
  /** Names that look like paths. */
  paths: string[]
}

/** The names in a question of any length, without duplicates: first those between backticks, then the others. */
export function namesIn(question: string): NamesIn {
  const quoted = [...question.matchAll(QUOTED)].map(([, name = '']) => name.trim())
  const words = [...question.matchAll(WORD)].map(([word]) => word.replace(/(?<![.:#>/-])[.:#>/-]+$/, ''))
  const symbols = new Set<string>()
  const paths = new Set<string>()
  for (const [index, text] of [...quoted, ...words].entries()) {
    const name = text.replace(/\(.*$/s, '').trimEnd()
    if (name === '' || text.length > MAX_NAME) continue
    if (PATH.test(text)) paths.add(text)
    else if (index < quoted.length || CODE_LIKE.test(text)) symbols.add(name)
  }
  return { symbols: [...symbols].slice(0, MAX_NAMES), paths: [...paths].slice(0, MAX_NAMES) }
}
