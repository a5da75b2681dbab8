/** Parses Swift's doc comments: Markdown with lists of parameters, results and errors. */

import { type DocComment, DocParts } from '#generate/analyse/doc-comment.ts'
import { plainLines } from '#generate/analyse/engine/plain-lines.ts'
import { javadocText } from './javadoc.ts'

const ITEM = /^ {0,3}[-*+] +(?:(Returns?|Throws|Since)|Parameters?(?: +([\w$]+))?) *:(.*)$/i
/** An item below `- Parameters:`, by its indentation. */
const NAMED = /^( {1,8}|\t)[-*+] +`?([\w$]+)`? *:(.*)$/
const CALLOUT =
  /^ {0,3}[-*+] +(Attention|Bug|Complexity|Experiment|Important|Invariant|Note|Postcondition|Precondition|Remark|Requires|Warning) *:/i

/** Parses `///` lines or one `/** … *\/` comment; without any, plain lines that read like a sentence. */
export function swiftdoc(comments: readonly string[]): DocComment | null {
  const last = comments.findLast((comment) => comment.startsWith('///') || comment.startsWith('/**')) ?? ''
  if (last.startsWith('/**')) return withItems(javadocText(last))
  const lines = comments.filter((comment) => comment.startsWith('///'))
  const plain = lines.length === 0 ? plainLines(comments) : ''
  if (lines.length === 0) return plain === '' ? null : { text: plain, details: {} }
  return withItems({ text: lines.map((line) => line.replace(/^\/\/\/ ?/, '')).join('\n'), details: {} })
}

function withItems({ text, details }: DocComment): DocComment {
  const parts = new DocParts()
  const kept: string[] = []
  let current: { add(text: string): void; lines: string[]; isList: boolean } | undefined
  const end = (): void => {
    const words = current?.lines.join('\n').trim() ?? ''
    if (words !== '' || current?.isList === false) current?.add(words)
    current = undefined
  }
  const begin = (line: string, add: (text: string) => void, isList = false): void => {
    end()
    current = { add, lines: [line.trim()], isList }
  }
  let isInList = false
  /** The indentation of the first item below `- Parameters:`; deeper ones belong to its text. */
  let margin: string | undefined
  for (const line of text.split('\n')) {
    const [item, word, name, words = ''] = ITEM.exec(line) ?? []
    const [, indent = '', inner, innerWords = ''] = (isInList ? NAMED.exec(line) : null) ?? []
    if (item !== undefined) {
      const isList = word === undefined && name === undefined
      isInList = isList
      margin = undefined
      if (isList) begin(words, () => undefined, true)
      else if (name !== undefined) begin(words, (said) => parts.add('parameters', { name, text: said }))
      else if (/^r/i.test(word ?? '')) begin(words, (said) => parts.add('returns', { text: said }))
      else if (/^t/i.test(word ?? '')) begin(words, (said) => parts.add('raises', { text: said }))
      else begin(words, (said) => (parts.details.since = said))
    } else if (inner !== undefined && indent === (margin ?? indent)) {
      margin = indent
      begin(innerWords, (said) => parts.add('parameters', { name: inner, text: said }))
    } else if (current !== undefined && /^\s+\S/.test(line)) current.lines.push(line.trim())
    else {
      if (current !== undefined && line.trim() === '') continue
      // Text after an item is a paragraph of its own.
      if (current !== undefined) kept.push('')
      end()
      isInList = false
      kept.push(
        line
          .replace(CALLOUT, '**$1:**')
          .replace(/<doc:(?:[^<>\s]{0,200}\/)?([^<>\s/#]{1,80})(?:#[^<>\s]{1,200})?>/g, '*$1*'),
      )
    }
  }
  end()
  return {
    text: kept
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    details: { ...details, ...parts.details },
  }
}
