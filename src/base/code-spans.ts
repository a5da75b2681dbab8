/** Code within a line of text, in backticks as in Markdown. */

/** A code span, or the word `none` if there is no code. Code that contains backticks gets a longer fence. */
export function codeSpan(code: string): string {
  if (code === '') return 'none'
  const longest = (code.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
  if (longest === 0) return `\`${code}\``
  const fence = '`'.repeat(longest + 1)
  return `${fence} ${code} ${fence}`
}

/** Splits text into code and other text. An unmatched run of backticks is text. */
export function splitCode(text: string): { text: string; isCode: boolean }[] {
  const parts: { text: string; isCode: boolean }[] = []
  const runs = text.split(/(`+)/)
  let plain = ''
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at] ?? ''
    const end = at % 2 === 0 ? -1 : runs.indexOf(run, at + 1)
    if (end < 0) {
      plain += run
      continue
    }
    if (plain !== '') parts.push({ text: plain, isCode: false })
    plain = ''
    const code = runs.slice(at + 1, end).join('')
    parts.push({
      text: run.length > 1 && code.startsWith(' ') && code.endsWith(' ') ? code.slice(1, -1) : code,
      isCode: true,
    })
    at = end
  }
  return plain === '' ? parts : [...parts, { text: plain, isCode: false }]
}
