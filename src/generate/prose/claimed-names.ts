/**
 * Finds the names of code in a sentence of a claim, in code style or plain text, and looks each of them up: unknown names are
 * faults, near misses are corrected. URLs and proper names that the repository does not contain are faults, too.
 */

import type { ProseSpan } from '#generate/prose-model.ts'
import { type AnyStandard, shortened } from './claim-standard.ts'
import { bareName, lastPart } from './code-names.ts'
import { addressIn } from './external-addresses.ts'
import { mixedWordIn } from './normalise.ts'
import type { Piece } from './sentences.ts'
import { unknownEntityIn } from './unknown-entities.ts'

const MAX_CODE_CHARS = 120
/** Proper names that look like identifiers. */
const PROPER =
  /^(?:JavaScript|TypeScript|GitHub|GitLab|MacOS|macOS|iOS|iPad|YouTube|OpenAI|GraphQL|PostgreSQL|MySQL|SQLite|MongoDB|NoSQL|WebSockets?|WebAssembly|CloudFlare|DevOps|LaTeX|OAuth2?|OpenAPI|OpenSSL|PyPI|NumPy|JUnit|DynamoDB|IntelliJ|PowerShell|FreeBSD|OpenBSD|UTF8|CamelCase|camelCase|PascalCase|snake_case|eBPF|gRPC|jQuery|LibreSSL|ReDoS|DoS|IPv[46]|e\.g|i\.e|vs|etc)$/

export interface NamesRead {
  spans: ProseSpan[]
  named: Named[]
  /** The sentence without names known from the commit. */
  rest: string
  isRepaired: boolean
}

/** A name that lines can support: they contain its last part, or belong to its file or module. */
interface Named {
  word: string
  files: readonly string[]
}

/** Text that looks like code rather than a word. */
const IDENTIFIER = /\p{Ll}\p{Lu}|[_$\d(){}[\]=:.@"'/-]|^\p{Lu}{2,}$/u

/** The names of a sentence, or a description of a faulty one. */
export function readNames(sentence: readonly Piece[], standard: AnyStandard): NamesRead | string {
  const { ground, near } = standard
  const spans: ProseSpan[] = []
  const named: Named[] = []
  let isRepaired = false
  let rest = ''
  const take = (written: string): string | undefined => {
    const meaning = ground.meaningOf(written, near)
    if (meaning.kind === 'unknown') return `there is no \`${shortened(written)}\``
    if (meaning.kind === 'word') {
      spans.push({ code: written, refersTo: null })
      rest += written
      const bare = bareName(written)
      if (ground.isName(bare) || IDENTIFIER.test(written))
        named.push({ word: lastPart(bare === '' ? written : bare), files: [] })
      return undefined
    }
    if (meaning.kind === 'repaired') isRepaired = true
    spans.push({ code: meaning.kind === 'repaired' ? meaning.name : written, refersTo: meaning.refersTo })
    rest += 'x'
    const name = meaning.kind === 'repaired' ? bareName(meaning.name) : meaning.name
    named.push({ word: lastPart(name), files: ground.filesOf(meaning.refersTo) ?? [] })
    return undefined
  }
  for (const piece of sentence) {
    if (piece.isCode) {
      if (piece.text.length > MAX_CODE_CHARS) return `a name of over ${MAX_CODE_CHARS} characters`
      const fault = take(piece.text)
      if (fault !== undefined) return fault
      continue
    }
    const mixed = mixedWordIn(piece.text)
    if (mixed !== undefined) return `letters of several scripts in the word "${shortened(mixed)}"`
    for (const { text, isName } of bareNames(piece.text)) {
      if (!isName) {
        spans.push({ text })
        rest += text
      } else {
        const fault = take(text)
        if (fault !== undefined) return fault
      }
    }
  }
  const fault =
    addressOf(rest, standard) ?? unknownEntityIn(rest, (word) => ground.isWritten(word, near), standard.language)
  return fault ?? { spans, named, rest, isRepaired }
}

export function addressOf(text: string, { ground, near }: AnyStandard): string | undefined {
  return addressIn(text, (found) => ground.isName(found) || ground.isInCode(found, near))
}

/** Splits off words of plain text that look like code: with an inner capital, with `_`, followed by `()`, or a file path. */
function bareNames(text: string): { text: string; isName: boolean }[] {
  const form =
    /(?<![\p{L}\p{N}_`])(?:[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|->|#)[\p{L}_$][\p{L}\p{N}_$]*)*\(\)|(?:[\w.-]+\/)+[\w-]+\.[a-z]{1,4}|[\p{L}$]\w*_\w+|\p{Ll}+\p{Lu}\w*|\p{Lu}\p{Ll}+\p{Lu}\w*)(?![\p{L}\p{N}_])/gu
  const result: { text: string; isName: boolean }[] = []
  let from = 0
  for (const match of text.matchAll(form)) {
    if (PROPER.test(match[0])) continue
    if (match.index > from) result.push({ text: text.slice(from, match.index), isName: false })
    result.push({ text: match[0], isName: true })
    from = match.index + match[0].length
  }
  if (from < text.length) result.push({ text: text.slice(from), isName: false })
  return result
}
