/** Converts Ruby's comments to Markdown: RDoc markup, YARD tags and TomDoc. */

import { append } from '#base/long-arrays.ts'
import { type DocComment, DocParts } from '#generate/analyse/doc-comment.ts'
import { isForTools } from '#generate/tool-comments.ts'
import { withoutParameters } from './rdoc-parameters.ts'
import { inline, labelledItem, markdownLine, withoutSeeAlso } from './ruby-markup.ts'
import { continuesTag, readReference, readTag, type Tag, TOMDOC_RETURNS } from './ruby-tags.ts'

/** A comment that is a type and nothing else: `[String, nil]`, `Array<Plan>`. */
const ONLY_TYPE =
  /^(?:\[([A-Z][\w:]{0,80}(?:<[\w:<>, {}=]{1,80}>)?(?:, [\w:<>]{1,80}){0,8})\]|[A-Z][\w:]{0,80}<[\w:<>, {}=]{1,80}>)$/
/** Types in comments, for RBS: `#: (String) -> bool`, `#| (Integer) -> void`, `# @rbs path: String`. */
const RBS = /^#[:|]|^#\s*@rbs\b/
/** Directives of RDoc, and the line that names an interpreter. */
const DIRECTIVE = /^#\s*:(?:nodoc|stopdoc|startdoc|enddoc|doc):|^#(?:!|[ \t]+!\/)/
/** RDoc leaves out what is between these lines; what follows `:call-seq:` up to a blank line repeats the signature. */
const LEFT_OUT = /^#--\s*$|^#\s*:call-seq:\s*$/
const LEFT_OUT_END = /^#\+\+\s*$/
/** A line of a paragraph; indented text below it is still code. */
const OF_PARAGRAPH = /^(?![-*] |\d+\. )\S/
/** A paragraph that ends within a sentence, and an indented line that ends it. */
const OPEN_SENTENCE = /^\S.*[\p{L},]$/u
const ENDS_SENTENCE = /^ {2,}\p{Ll}[^=]*\.$/u
/** TomDoc's visibility marker. */
const TOMDOC = /^(?:Public|Internal)(?:: (?=\S)|:?\s*$)/

/** Joins all comments before a declaration, without comments for the interpreter, editors and type checkers. */
export function rubydoc(comments: readonly string[]): DocComment | null {
  return readLines(commentLines(comments))
}

/** The text of comments, without what RDoc leaves out. */
function commentLines(comments: readonly string[]): string[] {
  const lines: string[] = []
  let leftOutAfter = ''
  for (const comment of comments) {
    leftOutAfter = LEFT_OUT.exec(comment)?.[0] ?? leftOutAfter
    if (leftOutAfter !== '') {
      const isBlank = !leftOutAfter.startsWith('#--') && /^#\s*$/.test(comment)
      if (isBlank || LEFT_OUT_END.test(comment)) leftOutAfter = ''
    } else if (comment.startsWith('=begin')) append(lines, comment.split('\n').slice(1, -1))
    else if (!RBS.test(comment) && !DIRECTIVE.test(comment) && !isForTools(comment))
      lines.push(comment.replace(/^#+ ?/, ''))
  }
  return lines.map((line) => line.trimEnd())
}

function readLines(lines: readonly string[]): DocComment | null {
  const tomdoc = lines.findIndex((line) => TOMDOC.test(line))
  const plain = lines.map((line, index) => (index === tomdoc ? line.replace(TOMDOC, '') : line))
  const reader = new LineReader(tomdoc >= 0)
  for (const line of withoutParameters(plain, reader.parts)) reader.read(line)
  const { text: markdown, parts } = reader.end()
  const text = withoutSeeAlso(markdown, parts)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  const type = ONLY_TYPE.exec(text)
  if (type !== null) {
    parts.addOnce('returns', { type: type[1] ?? text })
    return { text: '', details: parts.details }
  }
  return text === '' && Object.keys(parts.details).length === 0 ? null : { text, details: parts.details }
}

/** Divides the lines of a comment into its text and its tags. */
class LineReader {
  readonly parts = new DocParts()
  readonly #text: string[] = []
  readonly #isTomdoc: boolean
  #tag: Tag | undefined
  /** Whether the last line belongs to a labelled list. */
  #isLabelled = false

  constructor(isTomdoc: boolean) {
    this.#isTomdoc = isTomdoc
  }

  read(line: string): void {
    const tag = this.#tagAt(line)
    if (tag !== undefined) {
      this.#endTag()
      this.#tag = tag
    } else if (this.#tag === undefined && readReference(this.parts, line)) return
    else if (this.#tag !== undefined && (line === '' || /^[ \t]/.test(line) || continuesTag(this.#tag, line)))
      this.#tag.below.push(line)
    else {
      this.#endTag()
      this.#readText(line)
    }
  }

  end(): { text: string[]; parts: DocParts } {
    this.#endTag()
    return { text: this.#text, parts: this.parts }
  }

  #tagAt(line: string): Tag | undefined {
    const [, name, words = ''] = /^@(!?\w{1,60})(.*)$/.exec(line) ?? []
    if (name !== undefined) return { name, words: words.trim(), below: [] }
    const isResult = this.#isTomdoc && this.#tag === undefined && this.#text.at(-1) === '' && /^Returns \S/.test(line)
    return isResult ? { name: TOMDOC_RETURNS, words: line.slice('Returns '.length), below: [] } : undefined
  }

  #endTag(): void {
    if (this.#tag === undefined) return
    const isFirst = this.#text.every((line) => line === '') && Object.keys(this.parts.details).length === 0
    append(this.#text, readTag(this.parts, this.#tag, isFirst, readLines))
    this.#tag = undefined
  }

  /** Adds a line of text. Text indented below a label continues its description. */
  #readText(line: string): void {
    const label = labelledItem(line)
    const isBelowLabel = this.#isLabelled && /^\s+\S/.test(line) && label === null
    const above = this.#text.at(-1) ?? ''
    const endsSentence = OPEN_SENTENCE.test(above) && ENDS_SENTENCE.test(line)
    const isCode =
      /^ {2,}[^\s@]/.test(line) && label === null && !isBelowLabel && !endsSentence && OF_PARAGRAPH.test(above)
    const isAfterList = this.#isLabelled && label === null && !isBelowLabel && line !== '' && this.#text.at(-1) !== ''
    if (isCode || isAfterList) this.#text.push('')
    const text = isBelowLabel ? `  ${inline(line.trim())}` : markdownLine(endsSentence ? line.trim() : line)
    this.#text.push(label ?? text)
    this.#isLabelled = label !== null || (this.#isLabelled && (isBelowLabel || line === ''))
  }
}
