/** Plain line comments that describe the declaration directly below them, in languages that mark doc comments. */

import { documenting } from './doc-lines.ts'

const CODE =
  /[;{}=]\s*$|^\s*(?:[)\]}]|#\[|(?:pub|fn|let|var|use|impl|if|for|while|match|switch|return|func|guard)\b.*[({;=])|\w\([^()\s]*\);?\s*$/
/** The start of a comment on the code, its history or its neighbours that does not say what it is. */
const REMARK =
  /^(?:allow|also|and|because|below|but|clippy|extracted|for now|hack|here|how|however|i|if|ideally|imagine|important|just|mark|nb|no|not|note|refer|safety|same as|see|similar|since|so|sorry|temporary|these|the following|unfortunately|unlike|warning|we|when|work-?around|you)\b|^this (?!(?:class|enum|function|macro|method|module|protocol|struct|trait|type)\b)|^(?:the )?(?:helpers?|functions|methods|types|constants|tests?|utilities|private|public|internal)\b|\b(?:hopefully|maybe|perhaps|probably)\b|https?:/iu
const MIN_WORDS = 4
/** Minimum length of a comment after a value. */
const MIN_TRAILING = 2

/** @returns Markdown; '' for anything but sentences that begin with a capital letter. */
export function plainLines(comments: readonly string[]): string {
  if (!comments.every((comment) => /^\/\/(?![/!])/.test(comment))) return ''
  const lines = comments.map((comment) => comment.slice(2).replace(/^ /, '').trimEnd())
  return /^(?:\p{Lu}\p{Ll}*\s|`)/u.test(lines.join('\n').trimStart()) ? worded(lines, MIN_WORDS) : ''
}

/** The trailing comment after a value, even without a capital letter: `// in seconds`, `# of the pilot`. */
export const trailingWords = (comments: readonly string[]): string =>
  worded(
    documenting(comments).map((comment) =>
      comment
        .replace(/^(?:\/\*+!?|\/\/[/!]?|#)<? ?/, '')
        .replace(/\*\/$/, '')
        .trimEnd(),
    ),
    MIN_TRAILING,
  )

function worded(lines: readonly string[], minWords: number): string {
  const text = lines.join('\n').trim()
  const words = text.match(/\p{L}[\p{L}\p{N}_'’-]*/gu) ?? []
  if (words.length < minWords || /[:?]$/.test(text) || REMARK.test(text)) return ''
  return lines.some((line) => CODE.test(line)) ? '' : text
}
