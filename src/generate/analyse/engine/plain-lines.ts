/** Plain line comments that describe the declaration directly below them, in languages that mark doc comments. */

const CODE =
  /[;{}=]\s*$|^\s*(?:[)\]}]|#\[|(?:pub|fn|let|var|use|impl|if|for|while|match|switch|return|func|guard)\b.*[({;=])|\w\([^()\s]*\);?\s*$/
/** The start of a remark about the code, its history or its neighbours, not about what it is. */
const REMARK =
  /^(?:allow|also|and|because|below|but|clippy|extracted|for now|hack|here|how|however|i|if|ideally|imagine|important|just|mark|nb|no|not|note|refer|safety|same as|see|similar|since|so|sorry|temporary|these|the following|unfortunately|unlike|warning|we|when|work-?around|you)\b|^this (?!(?:class|enum|function|macro|method|module|protocol|struct|trait|type)\b)|^(?:the )?(?:helpers?|functions|methods|types|constants|tests?|utilities|private|public|internal)\b|https?:/iu
const MIN_WORDS = 4

/** @returns Markdown; '' for anything but sentences that begin with a capital letter. */
export function plainLines(comments: readonly string[], minWords = MIN_WORDS): string {
  if (!comments.every((comment) => /^\/\/(?![/!])/.test(comment))) return ''
  const lines = comments.map((comment) => comment.slice(2).replace(/^ /, '').trimEnd())
  const text = lines.join('\n').trim()
  const [first = ''] = text.split('\n')
  const words = text.match(/\p{L}[\p{L}\p{N}_'’-]*/gu) ?? []
  const isSentence = /^(?:\p{Lu}\p{Ll}*\s|`)/u.test(first) && words.length >= minWords && !/[:?]$/.test(text)
  return isSentence && !REMARK.test(text) && !lines.some((line) => CODE.test(line)) ? text : ''
}
