/** Replaces text in a preprocessor line that the grammar cannot read with readable text of the same length. */

/** A macro on one line, up to a comment on that line. */
const DEFINE = /^[ \t]*#[ \t]*define\b(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/(?![/*])|[^"'\n/])*(?=\/\/)/

/** Blanks block comments that end in the text. One that only begins here continues on lines outside the directive. */
function blankComments(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let open = text.indexOf('/*'); open >= 0; open = text.indexOf('/*', from)) {
    const close = text.indexOf('*/', open + 2)
    if (close < 0) break
    parts.push(text.slice(from, open), text.slice(open, close + 2).replace(/[^\n]/g, ' '))
    from = close + 2
  }
  return parts.join('') + text.slice(from)
}

export function plainDirective(line: string): string {
  let plain = line
  // The grammar treats a comment as the end of a macro, so the macro's following lines would be lost.
  if (plain.includes('/*') && plain.includes('\\\n')) {
    plain = blankComments(plain)
  }
  const commentAt = plain.includes('//') ? DEFINE.exec(plain)?.[0].length : undefined
  if (commentAt !== undefined) return plain.slice(0, commentAt) + asBlock(plain.slice(commentAt))
  if (!/^[ \t]*#[ \t]*(?:el)?if\b/.test(plain)) return plain
  return plain.replace(
    /\((\s*)(<[^<>()\n]+>|"[^"()\n]+"|\w+::[\w:]+)(\s*)\)/g,
    (_, before: string, argument: string, after: string) => `(${before}${argument.replace(/\W/g, '_')}${after})`,
  )
}

/** Turns a line comment into a block comment: the grammar parses `//` as part of the macro's value. */
function asBlock(comment: string): string {
  const line = comment.trimEnd()
  if (line.length < 4 || line.endsWith('\\') || /\n|\*\//.test(line)) return comment
  return `/*${line.slice(2, -2)}*/${comment.slice(line.length)}`
}
