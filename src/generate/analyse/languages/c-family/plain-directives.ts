/** What the grammar cannot read in a line of the preprocessor, replaced by what it can, at the same length. */

/** `#if HAS(<x.h>)`, `#if HAS("x.h")`, `#if HAS(a::b)`: the argument becomes one word. Comments within go. */
export function plainDirective(line: string): string {
  let plain = line
  // To the grammar a comment ends a macro, and what is behind it on the next lines is lost.
  if (plain.includes('/*') && plain.includes('\\\n')) {
    plain = plain.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
  }
  if (!/^[ \t]*#[ \t]*(?:el)?if\b/.test(plain)) return plain
  return plain.replace(
    /\((\s*)(<[^<>()\n]+>|"[^"()\n]+"|\w+::[\w:]+)(\s*)\)/g,
    (_, before: string, argument: string, after: string) => `(${before}${argument.replace(/\W/g, '_')}${after})`,
  )
}
