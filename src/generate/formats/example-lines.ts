/** Removes lines of an example that are only for the tool that builds the documents: `// @filename: plan.ts`, `// ---cut---`. */

const COMMENT = String.raw`^[ \t]*(?:\/\/|#)[ \t]*`
/** Match the marks before which, and after which, everything is hidden. */
const CUT_BEFORE = new RegExp(`${COMMENT}-{3}cut(?:-before)?-{3}[ \\t]*$`)
const CUT_AFTER = new RegExp(`${COMMENT}-{3}cut-after-{3}[ \\t]*$`)
const DIRECTIVE = new RegExp(
  `${COMMENT}(?:@(?:errors?|filename|include|jsx|log|module|noErrors|strict|target|types)\\b|\\^[?|]|-{3}cut-(?:start|end)-{3}|(?:#?end)?region\\b|ANCHOR(?:_END)?:)|^[ \\t]*@include\\b|^:::`,
)

export function withoutDirectives(code: string): string {
  const lines = code.split('\n')
  const from = lines.findLastIndex((line) => CUT_BEFORE.test(line)) + 1
  const to = lines.findIndex((line, at) => at >= from && CUT_AFTER.test(line))
  return lines
    .slice(from, to < 0 ? undefined : to)
    .filter((line) => !DIRECTIVE.test(line))
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd()
}
