/** Doc comments of the form that Javadoc, KDoc, Scaladoc, PHPDoc and Doxygen share, as Markdown. */

const TAG = /^[@\\](\w+)\s*(.*)$/

/** Only the last of several comments documents; `null` for one that does not begin as a doc comment does. */
export function javadoc(comments: readonly string[]): string | null {
  const last = comments.at(-1)
  return last?.startsWith('/**') === true && last !== '/**/' ? javadocText(last) : null
}

/** The text of one `/** … *\/` comment. */
export function javadocText(comment: string): string {
  const lines = comment
    .replace(/^\/\*[*!]?/, '')
    .replace(/\*+\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*(?!\/) ?/, '').trimEnd())
  const out: string[] = []
  let isInTags = false
  for (const line of lines) {
    const tag = TAG.exec(line.trim())
    if (tag === null) {
      out.push(isInTags && line.trim() !== '' ? `  ${inline(line.trim())}` : inline(line.replace(/^ {1,3}(?=\S)/, '')))
      continue
    }
    const [, name = '', rest = ''] = tag
    if (!isInTags) out.push('')
    isInTags = true
    out.push(tagLine(name, rest))
  }
  return out
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function tagLine(name: string, rest: string): string {
  switch (name) {
    case 'param':
    case 'tparam': {
      const [, parameter = '', text = ''] = /^(\S+)\s*(.*)$/.exec(rest) ?? []
      return `- \`${parameter.replace(/`/g, '')}\`${text === '' ? '' : `: ${inline(text)}`}`
    }
    case 'return':
    case 'returns':
      return `- Returns: ${inline(rest)}`
    case 'throws':
    case 'exception':
      return `- Throws ${inline(rest.replace(/^(\S+)/, (type) => `\`${type.replace(/`/g, '')}\``))}`
    case 'brief':
      return inline(rest)
    default:
      return `- ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}${rest === '' ? '' : `: ${inline(rest)}`}`
  }
}

/** Inline tags and the HTML that is common in such comments. */
function inline(text: string): string {
  return text
    .replace(/\{@(?:code|literal)\s+([^{}]*)\}/g, (_, code: string) => `\`${code.trim()}\``)
    .replace(
      /\{@link(?:plain)?\s+([^\s{}]+)(?:\s+([^{}]*))?\}/g,
      (_, target: string, label?: string) => `\`${(label ?? target).trim()}\``,
    )
    .replace(/<\/?(?:p|br)\s*\/?>/gi, '')
    .replace(/<(code|tt)>([^<]*)<\/\1>/gi, (_, __, code: string) => `\`${code}\``)
    .replace(/<(b|strong)>([^<]*)<\/\1>/gi, '**$2**')
    .replace(/<(i|em)>([^<]*)<\/\1>/gi, '*$2*')
    .replace(/<li>\s*/gi, '- ')
    .replace(/<\/?(?:ul|ol|li|pre|div|h\d|dl|dt|dd|table|tr|td|th|tbody)(?:\s[^>]*)?>/gi, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
}
