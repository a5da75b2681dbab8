/** Recognises lines that open and close callouts, tabs and collapsible sections in Markdown of common tools. */

/** `none`: a wrapper whose content is shown on its own. */
export type ContainerKind = 'callout' | 'tabs' | 'tab' | 'folded' | 'code-group' | 'none'

export interface Opening {
  /** A closing line must have the same form and name. */
  form: 'colons' | 'fence' | 'tag' | 'jsx' | 'shortcode'
  name: string
  /** Number of colons or fence characters. */
  length: number
  kind: ContainerKind
  /** The word that the tool uses: `warning`. */
  word: string
  title: string | null
  indent: number
}

const COLONS = /^(\s*)(:{3,8})\s*\{?([A-Za-z][\w-]{0,30})\}?[ \t]*(.{0,300})$/
const CLOSING_COLONS = /^\s*(:{3,8})\s*$/
const FENCE = /^(\s*)(`{3,20}|~{3,20})[ \t]{0,9}\{([A-Za-z][\w:-]{0,30})\}(.{0,300})$/
const CLOSING_FENCE = /^\s*(`{3,20}|~{3,20})\s*$/
const LIQUID = /^(\s*)\{%-?\s*(end)?(hint|tabs|tab|code|stepper|step|columns|column|content-ref)\b([^%]{0,300})%\}\s*$/
const SHORTCODE = /^(\s*)\{\{[<%]\s{0,9}(\/)?\s{0,9}([A-Za-z][\w-]{0,30})((?:[^\w{}-][^{}]{0,300})?)[>%]\}\}\s*$/
const ELEMENT = /^(\s*)<(\/)?([A-Z][\w.]{0,40}|details)((?:\s(?:"[^"<]{0,300}"|'[^'<]{0,300}'|[^<>"']){0,500})?)>\s*$/
const CALLOUTS =
  /^(?:note|tip|info|important|warning|warn|caution|danger|hint|attention|error|success|check|question|seealso|aside|callout|admonition|alert|notice|tldr|deprecated)$/i
const TABS = /^(?:tabs|tab-set|tabset|tabgroup|codegroup|tabbed-set)$/i
const TAB = /^(?:tab|tab-item|tabitem|tabpanel|tabbed)$/i
const FOLDED = /^(?:details|dropdown|collapse|accordion|expand|expander|spoiler|collapsible)$/i

/** Other directives whose content is shown. */
const CONTENT = new Set('figure grid grid-item card margin sidebar topic versionadded versionchanged'.split(' '))
const ATTRIBUTE = /(?<!\S)([a-z]{1,10}) ?= ?\{? ?(?:"([^"]{1,200})"|'([^']{1,200})')/g

/** @param line - A line outside code blocks. */
export function openingOf(line: string): Opening | undefined {
  const mark = line.trimStart()[0]
  if (mark === ':') {
    const [, indent, colons = '', name = '', rest = ''] = COLONS.exec(line) ?? []
    return indent === undefined ? undefined : opening('colons', name, rest, indent.length, colons.length)
  }
  if (mark === '`' || mark === '~') {
    const [, indent, fence = '', name = '', rest = ''] = FENCE.exec(line) ?? []
    const word = name.toLowerCase()
    const isContainer =
      CALLOUTS.test(word) || TABS.test(word) || TAB.test(word) || FOLDED.test(word) || CONTENT.has(word)
    return indent === undefined || !isContainer
      ? undefined
      : { ...opening('fence', name, rest, indent.length, fence.length), name: fence[0] ?? '`' }
  }
  if (mark === '{') {
    const [, indent, end, name = '', rest = ''] = LIQUID.exec(line) ?? []
    if (indent !== undefined) return end === undefined ? opening('tag', name, rest, indent.length) : undefined
    const [, space, slash, short = '', values = ''] = SHORTCODE.exec(line) ?? []
    if (space === undefined || slash !== undefined || !isKnown(short)) return undefined
    return opening('shortcode', short, values, space.length)
  }
  if (mark !== '<') return undefined
  const [, indent, slash, name = '', rest = ''] = ELEMENT.exec(line) ?? []
  if (indent === undefined || slash !== undefined || rest.trimEnd().endsWith('/')) return undefined
  return opening('jsx', name, rest, indent.length)
}

const isKnown = (name: string): boolean => [CALLOUTS, TABS, TAB, FOLDED].some((pattern) => pattern.test(name))

function opening(form: Opening['form'], name: string, rest: string, indent: number, length = 0): Opening {
  const word = name.toLowerCase()
  const title = titleIn(rest, form === 'colons' || form === 'fence')
  const base = { form, name: word, length, indent, title }
  if (word === 'code-group' || word === 'codegroup') return { ...base, kind: 'code-group', word }
  if (CALLOUTS.test(word)) {
    const isGeneric = /^(?:hint|aside|callout|admonition|alert|notice)$/.test(word)
    const label =
      attributeOf(rest, ['style', 'type', 'intent', 'kind', 'class']) ?? /^\s*["']?([a-z]+)["']?\s*$/i.exec(rest)?.[1]
    return { ...base, kind: 'callout', word: isGeneric ? (label?.toLowerCase() ?? 'note') : word }
  }
  if (TABS.test(word)) return { ...base, kind: 'tabs', word }
  if (TAB.test(word)) return { ...base, kind: 'tab', word }
  if (FOLDED.test(word)) return { ...base, kind: 'folded', word }
  return { ...base, kind: 'none', word }
}

/** `title="x"`, `label="x"`, `[x]`, `"x"`, or all of the text when `isPlain`. */
function titleIn(rest: string, isPlain: boolean): string | null {
  const plain = rest.trim()
  const named = attributeOf(rest, ['title', 'label', 'summary', 'header', 'name', 'value', 'tab'])
  if (named !== undefined) return named
  const [, bracketed, quoted] = /^(?:\[([^\]]{1,200})\]|["']([^"']{1,200})["'])/.exec(plain) ?? []
  if (bracketed !== undefined || quoted !== undefined) return bracketed ?? quoted ?? null
  if (!isPlain || plain === '' || /^[{[]/.test(plain)) return null
  return plain.replace(/\{[^{}]{0,200}\}$/, '').trimEnd() || null
}

function attributeOf(attributes: string, names: readonly string[]): string | undefined {
  const values = new Map<string, string>()
  for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE))
    if (!values.has(name)) values.set(name, double ?? single ?? '')
  return names.map((name) => values.get(name)).find((value) => value !== undefined)
}

/** Whether a line closes a container. */
export function closes(line: string, { form, name, length }: Opening): boolean {
  if (form === 'colons') return (CLOSING_COLONS.exec(line)?.[1]?.length ?? 0) >= length
  if (form === 'fence') {
    const fence = CLOSING_FENCE.exec(line)?.[1] ?? ''
    return fence[0] === name && fence.length >= length
  }
  if (form === 'tag') {
    const [, , end, word] = LIQUID.exec(line) ?? []
    return end !== undefined && word === name
  }
  if (form === 'shortcode') {
    const [, , slash, word] = SHORTCODE.exec(line) ?? []
    return slash !== undefined && word?.toLowerCase() === name
  }
  const [, , slash, element] = ELEMENT.exec(line) ?? []
  return slash !== undefined && element?.toLowerCase() === name
}

/** Whether a line is only a component, a template tag, attributes or an import, which readers never see. */
export function isUnread(line: string): boolean {
  const plain = line.trim()
  return (
    /^<\/?[A-Z][\w.]{0,60}(?:\s[^<>]{0,500})?\/?>$/.test(plain) ||
    /^\{%[^%]{0,300}%\}$/.test(plain) ||
    // Attributes of the block below: `{.hide-header}`, `{#usage .wide}`.
    /^\{[.#][\w-]{1,60}(?: [.#][\w-]{1,60}){0,5}\}$/.test(plain) ||
    /^\{\{[<%][^{}]{0,300}[>%]\}\}$/.test(plain) ||
    /^import\s(?:[\w*{}\s,$]{1,200}\sfrom\s)?["'][^"']{1,200}["'];?$/.test(plain) ||
    /^\{\/\*.{0,1000}\*\/\}$/.test(plain)
  )
}
