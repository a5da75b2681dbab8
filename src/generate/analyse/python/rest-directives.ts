/** Converts the directives of docstrings to Markdown: code, notes, version marks, attributes. Others are left out. */

import { capital } from '#base/capital.ts'
import { append } from '#base/long-arrays.ts'
import { DocParts } from '#generate/analyse/doc-comment.ts'
import type { BlockStart } from './block-start.ts'
import { fenced, indentedBlock, tidy, trimmed } from './doc-lines.ts'
import { code, inlineMarkdown } from './rest-inline.ts'

const DIRECTIVE = /^\.\. {1,4}([A-Za-z][\w:-]{0,40})::(?: +(?! )(.*)|)$/

const ADMONITIONS = new Set(
  'note warning tip hint important attention caution danger error seealso admonition todo'.split(' '),
)

const VERSIONS = new Map([
  ['versionadded', 'New in version'],
  ['versionchanged', 'Changed in version'],
  ['deprecated', 'Deprecated since version'],
  ['versionremoved', 'Removed in version'],
])

/** Matches a deprecation note about a single parameter: `The `start` parameter will be removed.` */
const ABOUT_PARAMETER =
  /^(?:(?:calling|passing|setting|specifying|support for|the|use of|using|with) ){0,3}(?:`+[^`\n]{1,60}`+,? (?:(?:and|or) `+[^`\n]{1,60}`+ )?(?:keyword |positional )?(?:arg|argument|flag|keyword|kwarg|option|parameter|value)s?\b|(?:keyword |positional )?(?:arg|argument|flag|kwarg|option|parameter)s? `)/i

const CODE = new Set('code code-block sourcecode ipython parsed-literal math prompt'.split(' '))

/** Directives that describe a definition. */
const DEFINITIONS = new Set('class classmethod data decorator exception function method staticmethod'.split(' '))

/** Directives that are replaced by their content. */
const TRANSPARENT = new Set('topic container rubric epigraph only compound sidebar'.split(' '))

/** `.. name:: argument`, a comment, a target or a footnote. @returns The number of lines that it consumed. */
export function writeDirective({ lines, i, indent, content, output, depth, parts, nested }: BlockStart): number {
  const body = indentedBlock(lines, i + 1, indent)
  const match = content.length < 2_000 ? DIRECTIVE.exec(content) : null
  if (match === null) {
    const note = /^\.\. (\[[^\]]{1,40}\] .*)$/.exec(content)
    if (note?.[1] !== undefined) output.push(inlineMarkdown([note[1], ...body.lines].join(' ')))
    return 1 + body.taken
  }
  const name = (match[1] ?? '').replace(/^.*:/, '').toLowerCase()
  const argument = (match[2] ?? '').trim()
  const inner = (): string[] => nested(body.lines)
  const version = VERSIONS.get(name)
  if (version !== undefined) {
    const [first = '', ...others] = argument.split(/\s+/)
    const hasNumber = others.length === 0 || /\d/.test(first)
    const number = hasNumber ? first : ''
    const about = hasNumber ? others.join(' ') : argument
    const note = [inlineMarkdown(about), ...inner()].filter((line) => line !== '').join(' ')
    if (name === 'versionadded' && note === '' && depth === 0) {
      parts.details.since ??= number
      return 1 + body.taken
    }
    if (name === 'deprecated' && depth === 0 && !ABOUT_PARAMETER.test(note)) {
      parts.details.deprecated ??= number === '' ? note : `Since version ${number}. ${note}`.trim()
      return 1 + body.taken
    }
    const label = number === '' ? (version.split(' ')[0] ?? '') : `${version} ${number}`
    output.push('', note === '' ? `*${label}.*` : `*${label}:* ${note}`, '')
  } else if (CODE.has(name)) {
    const text = trimmed(body.lines.slice(optionsIn(body.lines)))
    if (text.length > 0) append(output, ['', ...fenced(name === 'math' ? '' : argument, text), ''])
  } else if (ADMONITIONS.has(name)) {
    const title = name === 'admonition' ? argument : name === 'seealso' ? 'See also' : capital(name)
    const isParagraph = (lines[i + 1] ?? '') === ''
    const first =
      name === 'admonition' || argument === '' ? [] : [inlineMarkdown(argument), ...(isParagraph ? [''] : [])]
    const text = tidy([...first, ...inner()]).split('\n')
    append(output, [
      '',
      ...[`**${title}:** ${text[0] ?? ''}`.trimEnd(), ...text.slice(1)].map((line) => `> ${line}`.trimEnd()),
      '',
    ])
  } else if (name === 'attribute' || name === 'property') {
    const start = optionsIn(body.lines)
    const options = body.lines.slice(0, start)
    const type = options.flatMap((line) => /^:type: (.*)$/.exec(line)?.[1] ?? [])[0] ?? ''
    const text = tidy(nested(body.lines.slice(start), new DocParts()))
    parts.addOnce('fields', { name: argument.split(/[\s:=]/, 1)[0] ?? '', type, text })
  } else if (DEFINITIONS.has(name)) {
    append(output, ['', code(argument), '', ...inner(), ''])
  } else if (TRANSPARENT.has(name)) {
    append(output, ['', ...(argument === '' ? [] : [`**${inlineMarkdown(argument)}**`, '']), ...inner(), ''])
  } else if (name === 'doctest' || name === 'testcode' || name === 'highlight') {
    if (body.lines.length > 0) append(output, ['', ...fenced('python', body.lines), ''])
  }
  return 1 + body.taken
}

/** The number of options, such as `:linenos:`, with which the body of a directive starts. */
function optionsIn(lines: readonly string[]): number {
  const end = lines.findIndex((line) => !/^:[\w-]+:/.test(line))
  return end === -1 ? lines.length : end
}
