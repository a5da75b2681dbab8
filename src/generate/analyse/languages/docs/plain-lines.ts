/** Plain line comments that describe the declaration directly below them, in languages that mark doc comments. */

const CODE =
  /[;{}=]\s*$|^\s*(?:[)\]}]|#\[|(?:pub|fn|let|var|use|impl|if|for|while|match|switch|return|func|guard)\b.*[({;=])|\w\([^()\s]*\);?\s*$/
/** The start of a remark about the code, its history or its neighbours, not about what it is. */
const REMARK =
  /^(?:allow|because|below|clippy|for now|hack|however|important|mark|nb|note|not (?:sure|used)|refer|safety|same as|see|since|sorry|temporary|these|the following|this (?:is (?:a )?(?:hack|necessary|needed|ugly|used)|should|will|may|might)|unfortunately|warning|we|work-?around|ideally|i)\b|^(?:the )?(?:helpers?|functions|methods|types|constants|tests?|utilities|private|public|internal)\b|https?:/iu
const MIN_WORDS = 4

/** @returns Markdown; '' for anything but sentences that begin with a capital letter. */
export function plainLines(comments: readonly string[]): string {
  if (!comments.every((comment) => /^\/\/(?![/!])/.test(comment))) return ''
  const lines = comments.map((comment) => comment.slice(2).replace(/^ /, '').trimEnd())
  const text = lines.join('\n').trim()
  const [first = ''] = text.split('\n')
  const words = text.match(/\p{L}[\p{L}\p{N}_'’-]*/gu) ?? []
  const isSentence = /^(?:\p{Lu}\p{Ll}*\s|`)/u.test(first) && words.length >= MIN_WORDS && !/[:?]$/.test(text)
  return isSentence && !REMARK.test(text) && !lines.some((line) => CODE.test(line)) ? text : ''
}
