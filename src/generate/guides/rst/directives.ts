/** Directives of reStructuredText, Sphinx and its common extensions. Those that would run code are dropped. */

import type { ListItem, PhrasingContent, RootContent } from 'mdast'
import { DOCUMENT } from '#generate/guides/link-targets.ts'
import { calloutKind, calloutTitle } from '#generate/guides/nodes.ts'
import { BARE } from '#generate/guides/resolve.ts'
import { type Inline, list, paragraph, text } from '#markdown/build.ts'
import type { Blocks } from './blocks.ts'
import { commandsOf } from './click-run.ts'
import { fileAt, included, literal, nameOfFile } from './included-files.ts'
import { symbolIn } from './inline.ts'
import { dedent, isBlank } from './lines.ts'
import { csvRows, listRows } from './tables.ts'

interface Body {
  options: Map<string, string>
  lines: string[]
}

const CODE =
  /^(?:code-block|code|sourcecode|code-cell|prompt|parsed-literal|ipython|ipython3|doctest|testcode|testoutput|testsetup|highlight-block|click:example|jsonschema|graphviz|digraph|mermaid|uml|plantuml|math|productionlist)$/
const NOTHING =
  /^(?:contents|sectnum|highlight|raw|meta|index|include-hidden|default-role|role|title|header|footer|target-notes|currentmodule-hidden|tabularcolumns|testcleanup|plot|inheritance-diagram|jupyter-execute|exec|sectionauthor|codeauthor|autoclasstree|minigallery|youtube|vimeo|button-link|button-ref|ifconfig|unicode|date|bibliography|nbgallery|carousel|command-output|program-output)$/
const VERSION: Readonly<Record<string, string>> = {
  versionadded: 'Added in version',
  'version-added': 'Added in version',
  versionchanged: 'Changed in version',
  'version-changed': 'Changed in version',
  deprecated: 'Deprecated since version',
  'version-deprecated': 'Deprecated since version',
  versionremoved: 'Removed in version',
  'version-removed': 'Removed in version',
}
const DOCUMENTED =
  /^auto(?:class|function|module|method|exception|data|attribute|decorator|property|type|enum|pydantic_\w+)$|^click$|^argparse$/
const DESCRIBED =
  /^(?:(?:py|js|c|cpp|rst|php|go|rust|http):)?(?:function|class|method|staticmethod|classmethod|data|attribute|property|exception|decorator|decoratormethod|module|macro|struct|enum|enumerator|type|member|var|confval|setting|option|cmdoption|envvar|describe|object|program|console_script|directive|role|get|post|put|delete|patch|fixture|hook|event|django-admin|templatetag|templatefilter|fieldlookup)$/

export function directive(blocks: Blocks, name: string, argument: string, source: readonly string[]): RootContent[] {
  const { document } = blocks
  const { options, lines } = optionsIn(source)
  const inside = (): RootContent[] => blocks.inside(lines)
  const text = (value: string): PhrasingContent => ({ type: 'text', value })
  const short = name.split(':').at(-1) ?? name
  const version = Object.hasOwn(VERSION, name) ? VERSION[name] : undefined
  if (version !== undefined) {
    const [number = '', ...words] = argument.split(/\s+/)
    const label: PhrasingContent = { type: 'emphasis', children: [text(`${version} ${number}`.trim())] }
    const [first, ...rest] = inside()
    const isParagraph = words.length === 0 && first?.type === 'paragraph'
    const content = words.length > 0 ? blocks.inline(words.join(' ')) : isParagraph ? first.children : []
    const others = first === undefined || isParagraph ? rest : [first, ...rest]
    return [paragraph(label, ...(content.length === 0 ? [] : [': ', ...content])), ...others]
  }
  const kind = calloutKind(name)
  if (kind !== undefined && name !== 'example' && name !== 'quote') {
    const content = argument === '' ? [] : [paragraph(...blocks.inline(argument))]
    return [{ type: 'admonition', kind, title: calloutTitle(name), children: [...content, ...inside()] }]
  }
  if (name === 'admonition' || name === 'topic' || name === 'sidebar')
    return [
      {
        type: 'admonition',
        kind: calloutKind(options.get('class') ?? '') ?? 'note',
        title: blocks.inline(argument),
        children: inside(),
      },
    ]
  if (name === 'dropdown' || name === 'collapse' || name === 'details' || name === 'toggle')
    return [{ type: 'folded', title: argument || 'Details', children: inside() }]
  if (name === 'tab' || name === 'group-tab' || name === 'tab-item')
    return [{ type: 'tabSet', tabs: [{ title: argument || 'Tab', children: inside() }] }]
  if (name === 'code-tab') {
    const [lang = '', ...title] = argument.split(/\s+/)
    return [
      {
        type: 'tabSet',
        tabs: [{ title: title.join(' ') || lang, children: [{ type: 'code', lang, value: lines.join('\n') }] }],
      },
    ]
  }
  if (name === 'tabs' || name === 'tab-set' || name === 'tab-set-code') {
    const body = inside()
    const tabs = body.flatMap((block) => (block.type === 'tabSet' ? block.tabs : []))
    return tabs.length === 0 ? body : [{ type: 'tabSet', tabs }]
  }
  if (CODE.test(name)) {
    const isArgument = name === 'math' && lines.length === 0
    return [{ type: 'code', lang: languageOf(name, argument), value: isArgument ? argument : lines.join('\n') }]
  }
  if (name === 'click:run') {
    const commands = commandsOf(lines)
    return commands.length === 0 ? [] : [{ type: 'code', lang: 'console', value: commands.join('\n') }]
  }
  if (name === 'highlight') document.language = languageOf(name, argument)
  if (NOTHING.test(name)) return []
  if (name === 'image' || name === 'figure') {
    const picture = paragraph({ type: 'image', url: argument, alt: options.get('alt') ?? '' })
    return [picture, ...(name === 'figure' ? inside() : [])]
  }
  if (name === 'toctree') return toctree(blocks, options, lines)
  if (name === 'include') return included(blocks, argument, options)
  if (name === 'literalinclude') return literal(blocks, argument, options)
  if (name === 'rubric' || name === 'centered')
    return [paragraph({ type: 'strong', children: blocks.inline(argument) })]
  if (name === 'list-table') {
    const rows = listRows(lines)
    const hasHead = count(options, 'header-rows') > 0
    return [
      ...title(blocks, argument),
      ...(rows === undefined ? inside() : blocks.table({ rows, hasHead }, lines, count(options, 'stub-columns'))),
    ]
  }
  if (name === 'csv-table') return csvTable(blocks, argument, options, lines)
  if (name === 'table') return [...title(blocks, argument), ...inside()]
  if (name === 'glossary') return inside()
  if (short === 'currentmodule' || short === 'module') {
    document.module = argument || null
    return inside()
  }
  if (DOCUMENTED.test(name)) {
    const symbol = argument.replace(/\([\s\S]*$/, '')
    const code: PhrasingContent = { type: 'inlineCode', value: symbol, data: { symbol: symbolIn(symbol, document) } }
    if (name === 'automodule') document.module = symbol
    return [paragraph(code), ...inside()]
  }
  if (name === 'autosummary') {
    const children = lines.flatMap((line): ListItem[] => {
      const symbol = line.trim().replace(/^~/, '')
      const code: PhrasingContent = { type: 'inlineCode', value: symbol, data: { symbol: symbolIn(symbol, document) } }
      return symbol === '' || symbol.startsWith(':')
        ? []
        : [{ type: 'listItem', spread: false, children: [paragraph(code)] }]
    })
    return children.length === 0 ? [] : [{ type: 'list', ordered: false, spread: false, children }]
  }
  if (DESCRIBED.test(name)) return described(blocks, short, argument, lines)
  return inside()
}

/** A signature and its description, as a list item. */
function described(blocks: Blocks, kind: string, argument: string, lines: readonly string[]): RootContent[] {
  const signature = argument.replace(/\s+/g, ' ').trim()
  const symbol = /^[\w.:]+/.exec(signature)?.[0] ?? ''
  const isOfCode =
    /^(?:function|class|method|staticmethod|classmethod|data|attribute|property|exception|decorator)$/.test(kind)
  const data = isOfCode && symbol !== '' ? { data: { symbol: symbolIn(symbol, blocks.document) } } : {}
  const head = signature === '' ? [] : [paragraph({ type: 'inlineCode', value: signature, ...data } as PhrasingContent)]
  const body = blocks.inside(lines)
  if (head.length === 0) return body
  return [
    {
      type: 'list',
      ordered: false,
      spread: false,
      children: [{ type: 'listItem', spread: body.length > 0, children: [...head, ...(body as never[])] }],
    },
  ]
}

const title = (blocks: Blocks, words: string): RootContent[] =>
  words === '' ? [] : [paragraph({ type: 'strong', children: blocks.inline(words) })]

const count = (options: ReadonlyMap<string, string>, name: string): number =>
  Number.parseInt(options.get(name) ?? '0', 10)

const SEPARATORS: Readonly<Record<string, string>> = { tab: '\t', space: ' ' }

/** A table of comma-separated values, which may be in a file. */
function csvTable(
  blocks: Blocks,
  argument: string,
  options: ReadonlyMap<string, string>,
  lines: readonly string[],
): RootContent[] {
  const file = options.get('file') ?? options.get('url')
  const text = file === undefined ? lines.join('\n') : options.has('file') ? fileAt(blocks, file) : null
  if (text === null || (file !== undefined && !blocks.document.includes.take(text.length)))
    return [...title(blocks, argument), nameOfFile(file ?? '')]
  const delimiter = options.get('delim') ?? ','
  const separator = Object.hasOwn(SEPARATORS, delimiter) ? SEPARATORS[delimiter] : delimiter[0]
  const head = csvRows(options.get('header') ?? '', separator)
  const rows = [...head, ...csvRows(text, separator)]
  const hasHead = head.length > 0 || count(options, 'header-rows') > 0
  return [...title(blocks, argument), ...blocks.table({ rows, hasHead }, lines, count(options, 'stub-columns'))]
}

/** Records a table of contents for the navigation, and lists its documents in the text unless it is hidden. */
function toctree({ document }: Blocks, options: ReadonlyMap<string, string>, lines: readonly string[]): RootContent[] {
  const caption = options.get('caption')
  document.lists.push({ target: '', title: caption === undefined || caption === '' ? null : caption, isCaption: true })
  const isPattern = options.has('glob')
  const items: Inline[][] = []
  for (const line of lines) {
    const [, title, target] = /^([^<>]{1,200})<([^<>]{1,200})>$/.exec(line.trim()) ?? []
    const path = target ?? line.trim()
    if (path === '' || path === 'self' || /^https?:/.test(path)) continue
    document.lists.push({
      target: path,
      title: title?.trim() ?? null,
      ...(isPattern && path.includes('*') && { isPattern }),
    })
    if (!path.includes('*'))
      items.push([{ type: 'link', url: DOCUMENT + path, children: [text(title?.trim() ?? BARE + path)] }])
  }
  return options.has('hidden') || items.length === 0 ? [] : [list(items)]
}

/** Reads the options, `:name: value` on the first lines, before the first blank line. */
function optionsIn(source: readonly string[]): Body {
  const body = dedent(source)
  const options = new Map<string, string>()
  if (isBlank(source[0]) && source.length > 0) return { options, lines: body }
  let at = 0
  for (; at < body.length; at++) {
    const [, name, value = ''] = /^:([\w-]{1,40}):(?:\s+(\S.*))?$/.exec(body[at] ?? '') ?? []
    if (name === undefined) break
    options.set(name.toLowerCase(), value.trim())
  }
  return { options, lines: dedent(body.slice(at)) }
}

function languageOf(name: string, argument: string): string | null {
  const word = argument.split(/\s+/)[0] ?? ''
  if (name === 'math') return 'latex'
  if (/^(?:ipython|doctest|testcode|testsetup|click:example)/.test(name)) return 'python'
  if (/^(?:graphviz|digraph|mermaid|uml|plantuml|productionlist|parsed-literal|testoutput)$/.test(name)) return null
  if (name === 'prompt') return word || 'bash'
  if (word === 'py3' || word === 'python3' || word === 'pycon' || word === 'default') return 'python'
  return word === '' || word === 'none' ? null : word
}
