/** Directives of reStructuredText, Sphinx and its common extensions. Those that would run code are dropped. */

import type { ListItem, PhrasingContent, RootContent } from 'mdast'
import { indentOf } from '#generate/formats/indentation.ts'
import { calloutKind, calloutTitle } from '#generate/guides/nodes.ts'
import { folderOf, joinPath } from '#generate/paths.ts'
import { paragraph } from '#markdown/build.ts'
import type { Blocks } from './blocks.ts'
import { symbolIn } from './inline.ts'
import { dedent, isBlank } from './lines.ts'
import { csvRows, listRows, tableOf } from './tables.ts'

interface Body {
  options: Map<string, string>
  lines: string[]
}

const CODE =
  /^(?:code-block|code|sourcecode|code-cell|prompt|parsed-literal|ipython|ipython3|doctest|testcode|testoutput|testsetup|highlight-block|click:example|jsonschema|graphviz|digraph|mermaid|uml|plantuml|math|productionlist)$/
const NOTHING =
  /^(?:contents|sectnum|highlight|raw|meta|index|include-hidden|default-role|role|title|header|footer|target-notes|currentmodule-hidden|tabularcolumns|testcleanup|plot|inheritance-diagram|jupyter-execute|exec|sectionauthor|codeauthor|cssclass|rst-class|class|autoclasstree|minigallery|youtube|vimeo|button-link|button-ref|ifconfig|unicode|date|bibliography|nbgallery|carousel|click:run|command-output|program-output)$/
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
const MAX_LITERAL_LINES = 400
/** Limit on the ranges of the option `lines`, each of which may be the whole file. */
const MAX_RANGES = 40

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
  if (name === 'list-table')
    return titled(
      argument,
      tableOf(listRows(lines), (cell) => blocks.inline(cell), Number(options.get('header-rows') ?? 0) > 0),
      blocks,
    )
  if (name === 'csv-table') {
    const head = options.get('header')
    const rows = [...(head === undefined ? [] : csvRows(head)), ...csvRows(lines.join('\n'))]
    return titled(
      argument,
      tableOf(rows, (cell) => blocks.inline(cell), head !== undefined),
      blocks,
    )
  }
  if (name === 'table')
    return [...(argument === '' ? [] : [paragraph({ type: 'strong', children: blocks.inline(argument) })]), ...inside()]
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

function titled(title: string, table: RootContent | undefined, blocks: Blocks): RootContent[] {
  const head = title === '' ? [] : [paragraph({ type: 'strong' as const, children: blocks.inline(title) })]
  return table === undefined ? [] : [...head, table]
}

/** Records a table of contents for the navigation; it is not shown in the text. */
function toctree({ document }: Blocks, options: ReadonlyMap<string, string>, lines: readonly string[]): RootContent[] {
  const caption = options.get('caption')
  document.lists.push({ target: '', title: caption === undefined || caption === '' ? null : caption, isCaption: true })
  const isPattern = options.has('glob')
  for (const line of lines) {
    const [, title, target] = /^([^<>]{1,200})<([^<>]{1,200})>$/.exec(line.trim()) ?? []
    const path = target ?? line.trim()
    if (path === '' || path === 'self' || /^https?:/.test(path)) continue
    document.lists.push({
      target: path,
      title: title?.trim() ?? null,
      ...(isPattern && path.includes('*') && { isPattern }),
    })
  }
  return []
}

function included(blocks: Blocks, argument: string, options: ReadonlyMap<string, string>): RootContent[] {
  const { document } = blocks
  const text = fileAt(blocks, argument)
  const part = text === null ? null : partOf(text, options)
  if (part === null || !document.includes.take(part.length)) return [nameOfFile(argument)]
  if (options.has('literal') || options.has('code'))
    return [{ type: 'code', lang: options.get('code') ?? null, value: part }]
  // A text that includes itself ends there.
  if (!/\.(?:rst|txt|inc)$/i.test(argument) || document.taking.has(argument)) return []
  document.taking.add(argument)
  const taken = blocks.taken(part)
  document.taking.delete(argument)
  return taken
}

function literal(blocks: Blocks, argument: string, options: ReadonlyMap<string, string>): RootContent[] {
  const text = fileAt(blocks, argument)
  const value = text === null ? null : partOf(text, options).split('\n').slice(0, MAX_LITERAL_LINES).join('\n')
  if (value === null || !blocks.document.includes.take(value.length)) return [nameOfFile(argument)]
  const lang = options.get('language') ?? /\.(\w{1,8})$/.exec(argument)?.[1] ?? null
  return [{ type: 'code', lang: lang === 'py' ? 'python' : lang, value }]
}

const nameOfFile = (argument: string): RootContent => paragraph({ type: 'inlineCode', value: argument || '…' })

function fileAt({ document }: Blocks, argument: string): string | null {
  if (argument.startsWith('/')) {
    // Relative to the documentation root, which is one of the folders above.
    for (let folder = folderOf(document.path); ; folder = folderOf(folder)) {
      const text = document.includes.textOf(joinPath(folder, argument.slice(1)) ?? '')
      if (text !== null || folder === '') return text
    }
  }
  const path = joinPath(folderOf(document.path), argument)
  return path === undefined || path === document.path ? null : document.includes.textOf(path)
}

/** Part of a file by line numbers, by marker lines, or by Python object. */
function partOf(text: string, options: ReadonlyMap<string, string>): string {
  let lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  const ranges = options.get('lines')
  if (ranges !== undefined) {
    lines = ranges.split(',', MAX_RANGES).flatMap((range) => {
      const [first = '', last = first] = range.trim().split('-')
      return lines.slice(Number(first || 1) - 1, last === '' ? undefined : Number(last))
    })
  }
  const from = Number(options.get('start-line') ?? Number.NaN)
  if (Number.isFinite(from)) lines = lines.slice(from)
  const after = options.get('start-after')
  if (after) lines = lines.slice(lines.findIndex((line) => line.includes(after)) + 1)
  const at = options.get('start-at')
  if (at)
    lines = lines.slice(
      Math.max(
        0,
        lines.findIndex((line) => line.includes(at)),
      ),
    )
  const before = options.get('end-before')
  if (before) {
    const end = lines.findIndex((line) => line.includes(before))
    if (end >= 0) lines = lines.slice(0, end)
  }
  const object = options.get('pyobject')?.split('.').at(-1)
  if (object) {
    const start = lines.findIndex((line) => /^\s*(?:async def|def|class)\s+/.test(line) && line.includes(` ${object}`))
    if (start >= 0) {
      const indent = indentOf(lines[start] ?? '')
      const end = lines.findIndex((line, index) => index > start && !isBlank(line) && indentOf(line) <= indent)
      lines = lines.slice(start, end < 0 ? undefined : end)
    }
  }
  return dedent(lines).join('\n')
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
  if (/^(?:ipython|doctest|testcode)/.test(name)) return 'python'
  if (/^(?:graphviz|digraph|mermaid|uml|plantuml|productionlist|parsed-literal|testoutput|click:example)$/.test(name))
    return null
  if (name === 'prompt') return word || 'bash'
  if (word === 'py3' || word === 'python3' || word === 'pycon' || word === 'default') return 'python'
  return word === '' || word === 'none' ? null : word
}
