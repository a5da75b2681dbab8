/** Parses inline reStructuredText. Takes linear time: once a mark is known to be unclosed, it is not searched for again. */

import type { PhrasingContent } from 'mdast'
import { DOCUMENT, REFERENCE } from '#generate/guides/link-targets.ts'
import { BARE } from '#generate/guides/resolve.ts'

/** Definitions of a document that inline text refers to. */
export interface RstContext {
  /** URLs of named targets, names in lower case. */
  urls: Map<string, string>
  /** URLs of the anonymous targets that have not been referred to yet, in order. */
  anonymous: string[]
  substitutions: Map<string, PhrasingContent[]>
  /** How many more nodes substitutions may add to the document. */
  nodesLeft: number
  /** The current module, which qualifies names of code. */
  module: string | null
}

/** Roles for names of code, without the domain: `func` of `:py:func:`. */
const SYMBOLS =
  /^(?:class|func|meth|attr|mod|exc|data|obj|const|type|any|member|enum|macro|struct|var|property|deco|fn)$/
/** Roles for other text in code style. */
const CODE =
  /^(?:code|literal|kbd|file|samp|command|program|option|envvar|confval|setting|regexp|mimetype|makevar|token|keyword|math|mailheader|newsgroup|py|c|cpp|js|bash|shell|python|dfn-code|django-admin|lookup|tfilter|ttag|header)$/
/** Roles for what is shown in bold, such as labels of a user interface. */
const STRONG = /^(?:guilabel|menuselection|strong|b)$/
/** Roles that projects define for issues, pull requests and users. */
const ISSUES = /^(?:issue|issues|pr|pull|gh|bug|ticket|ghissue|ghpull|user)$/
const URL_START = /^https?:\/\/[^\s<>"'`|]{1,500}/
/** A reference of one word: `name_`, or `name__` for an anonymous target. */
const SIMPLE = /^[A-Za-z0-9](?:[\w.+-]{0,60}[A-Za-z0-9])?(__?)(?![\w`])/

/**
 * Call in the order of the document: an anonymous reference takes the next target of `context`, a link that is named adds its
 * target, and a substitution counts its nodes.
 */
export function rstInline(source: string, context: RstContext): PhrasingContent[] {
  return new Reader(
    source
      .split('\n')
      .map((line) => line.trim())
      .join(' '),
    context,
  ).read()
}

class Reader {
  readonly #text: string
  readonly #context: RstContext
  readonly #nodes: PhrasingContent[] = []
  /** Marks known to be unclosed. */
  readonly #unclosed = new Set<string>()
  #plain = ''

  constructor(text: string, context: RstContext) {
    this.#text = text
    this.#context = context
  }

  read(): PhrasingContent[] {
    const text = this.#text
    for (let at = 0; at < text.length; ) {
      const end = this.#markup(at)
      if (end > at) at = end
      else this.#plain += text[at++] ?? ''
    }
    this.#flush()
    return this.#nodes
  }

  #flush(): void {
    if (this.#plain !== '') this.#nodes.push({ type: 'text', value: this.#plain })
    this.#plain = ''
  }

  #add(end: number, ...nodes: PhrasingContent[]): number {
    this.#flush()
    for (const node of nodes) this.#nodes.push(node)
    return end
  }

  /** @returns The position to continue at; `at` itself when no markup begins there. */
  #markup(at: number): number {
    const text = this.#text
    const character = text[at]
    if (character === '\\') {
      const next = text[at + 1] ?? ''
      this.#plain += next === ' ' ? '' : next
      return at + 2
    }
    const before = text[at - 1] ?? ' '
    const isFree = !/[\p{L}\p{N}]/u.test(before)
    if (character === '`') return text.startsWith('``', at) ? this.#literal(at) : this.#interpreted(at, null)
    if (character === ':' && isFree) {
      const role = /^:([A-Za-z][\w:+.-]{0,40}):`/.exec(text.slice(at, at + 50))
      return role === null ? at : this.#interpreted(at + role[0].length - 1, role[1] ?? '')
    }
    if (character === '*' && isFree) return this.#marked(at, text.startsWith('**', at) ? '**' : '*')
    if (character === '|' && isFree) return this.#substitution(at)
    if (character === '[' && isFree) {
      const [whole, label] = /^\[(#?[\w.-]{0,40}|\*)\]_(?!\w)/.exec(text.slice(at, at + 50)) ?? []
      // A label such as `#note` is shown without its mark; `#` alone means the next number.
      const value = `[${label?.replace(/^#(?=.)/, '')}]`
      return whole === undefined ? at : this.#add(at + whole.length, { type: 'text', value })
    }
    if (character === 'h' && isFree && text.startsWith('http', at)) {
      const url = URL_START.exec(text.slice(at, at + 520))?.[0].replace(/(?<![.,;:!?)\]}*])[.,;:!?)\]}*]+$/, '')
      if (url === undefined) return at
      return this.#add(at + url.length, { type: 'link', url, children: [{ type: 'text', value: url }] })
    }
    return isFree && character !== undefined && /[A-Za-z0-9]/.test(character) ? this.#word(at) : at
  }

  /** A whole word, or a reference to a target. */
  #word(at: number): number {
    const word = /^[A-Za-z0-9][\w.+-]*/.exec(this.#text.slice(at, at + 200))?.[0] ?? ''
    const reference = word.includes('_') ? SIMPLE.exec(this.#text.slice(at, at + 80)) : null
    if (reference !== null) {
      const name = reference[0].replace(/__?$/, '')
      const url = reference[1] === '__' ? this.#context.anonymous.shift() : this.#urlOf(name)
      if (url !== undefined)
        return this.#add(at + reference[0].length, { type: 'link', url, children: [{ type: 'text', value: name }] })
    }
    this.#plain += word
    return at + word.length
  }

  #find(mark: string, from: number, isEnd: (at: number) => boolean): number {
    if (this.#unclosed.has(mark)) return -1
    for (let at = this.#text.indexOf(mark, from); at >= 0; at = this.#text.indexOf(mark, at + 1))
      if (isEnd(at)) return at
    this.#unclosed.add(mark)
    return -1
  }

  #literal(at: number): number {
    const end = this.#find('``', at + 2, (one) => !/\s/.test(this.#text[one - 1] ?? ' '))
    if (end < 0 || end === at + 2) return at
    const value = this.#text.slice(at + 2, end)
    return this.#add(end + 2, { type: 'inlineCode', value })
  }

  #marked(at: number, mark: '*' | '**'): number {
    const text = this.#text
    if (/\s/.test(text[at + mark.length] ?? ' ')) return at
    const isEnd = (one: number): boolean =>
      !/[\s\\]/.test(text[one - 1] ?? ' ') && !/[\p{L}\p{N}*]/u.test(text[one + mark.length] ?? ' ')
    const end = this.#find(mark, at + mark.length + 1, isEnd)
    if (end < 0) return at
    const children: PhrasingContent[] = [
      { type: 'text', value: text.slice(at + mark.length, end).replace(/\\(.)/g, '$1') },
    ]
    return this.#add(end + mark.length, { type: mark === '**' ? 'strong' : 'emphasis', children })
  }

  #substitution(at: number): number {
    const [whole, name = ''] = /^\|([^|\s][^|]{0,80})\|_{0,2}/.exec(this.#text.slice(at, at + 90)) ?? []
    const found = whole === undefined ? undefined : this.#context.substitutions.get(name.toLowerCase())
    if (found === undefined || whole === undefined || found.length > this.#context.nodesLeft) return at
    this.#context.nodesLeft -= found.length
    return this.#add(at + whole.length, ...found)
  }

  /** Text in backquotes: with a role before or after it, a reference, or neither. */
  #interpreted(tick: number, role: string | null): number {
    const text = this.#text
    const start = role === null ? tick : tick - role.length - 2
    const end = this.#find('`', tick + 1, (one) => text[one - 1] !== '\\')
    if (end < 0 || end === tick + 1) return start
    const words = text.slice(tick + 1, end)
    if (role !== null) return this.#add(end + 1, ...roleNodes(role, words, this.#context))
    const [, roleAfter] = /^:([A-Za-z][\w:+-]{0,40}):/.exec(text.slice(end + 1, end + 50)) ?? []
    if (roleAfter !== undefined)
      return this.#add(end + roleAfter.length + 3, ...roleNodes(roleAfter, words, this.#context))
    const mark = /^__?(?!\w)/.exec(text.slice(end + 1, end + 4))?.[0] ?? ''
    const { title, target } = split(words)
    // Without a role, as with the default role of most documents, a name of code is a symbol.
    if (mark === '' && title !== null && /^[!~]?\.?[A-Za-z_][\w.]{0,200}(?:\(\))?$/.test(target))
      return this.#add(end + 1, ...roleNodes('obj', words, this.#context))
    if (mark === '') return this.#add(end + 1, { type: 'inlineCode', value: words, data: { symbol: words } })
    return this.#add(end + 1 + mark.length, ...this.#reference(words, mark))
  }

  #reference(words: string, mark: string): PhrasingContent[] {
    const { title, target } = split(words)
    const shown = title ?? target
    if (title !== null && !target.endsWith('_')) {
      if (mark === '_') this.#context.urls.set(title.toLowerCase(), target)
      return [{ type: 'link', url: target, children: [{ type: 'text', value: title || target }] }]
    }
    const url =
      mark === '__' && title === null ? this.#context.anonymous.shift() : this.#urlOf(target.replace(/_$/, ''))
    return [{ type: 'link', url: url ?? REFERENCE + target, children: [{ type: 'text', value: shown }] }]
  }

  #urlOf(name: string): string | undefined {
    return this.#context.urls.get(name.toLowerCase().replace(/\s+/g, ' '))
  }
}

/** `Title <target>`. */
function split(words: string): { title: string | null; target: string } {
  const open = words.endsWith('>') ? words.lastIndexOf('<') : -1
  return open < 0
    ? { title: null, target: words.trim() }
    : {
        title: words.slice(0, open).trim(),
        target: words.slice(open + 1, -1).replace(/\s+/g, ''),
      }
}

/** The displayed text of a role: `:func:` with the content `~orbit.plan`. */
export function roleNodes(role: string, words: string, context: Pick<RstContext, 'module'>): PhrasingContent[] {
  const name = role.split(':').at(-1)?.toLowerCase() ?? ''
  const { title, target } = split(words.replace(/\\(.)/g, '$1'))
  const text = (value: string): PhrasingContent => ({ type: 'text', value })
  if (name === 'ref' || name === 'numref' || name === 'doc' || name === 'download') {
    const scheme = name === 'doc' ? DOCUMENT : name === 'download' ? '' : REFERENCE
    return [
      { type: 'link', url: scheme + target, children: [text(title ?? (name === 'download' ? target : BARE + target))] },
    ]
  }
  if (name === 'pep' || name === 'rfc') {
    const number = /^\d{1,5}/.exec(target)?.[0]
    if (number === undefined) return [text(words)]
    const url =
      name === 'pep'
        ? `https://peps.python.org/pep-${number.padStart(4, '0')}/`
        : `https://datatracker.ietf.org/doc/html/rfc${number}`
    return [{ type: 'link', url, children: [text(title ?? `${name.toUpperCase()} ${target}`)] }]
  }
  if (SYMBOLS.test(name)) {
    const plain = target.replace(/^[!~.]+/, '')
    const isCall = (name === 'func' || name === 'meth' || name === 'fn') && title === null && !plain.endsWith(')')
    const shown = title ?? (target.startsWith('~') ? (plain.split('.').at(-1) ?? plain) : plain)
    const data = target.startsWith('!') ? {} : { data: { symbol: symbolIn(plain, context) } }
    return [{ type: 'inlineCode', value: isCall ? `${shown}()` : shown, ...data }]
  }
  if (CODE.test(name)) return [{ type: 'inlineCode', value: title ?? words }]
  if (STRONG.test(name))
    return [
      {
        type: 'strong',
        children: [
          text(
            words
              .split('-->')
              .map((part) => part.trim())
              .join(' → '),
          ),
        ],
      },
    ]
  if (name === 'emphasis' || name === 'title-reference' || name === 'dfn')
    return [{ type: 'emphasis', children: [text(words)] }]
  if (ISSUES.test(name)) return [text(title ?? (name === 'user' ? `@${target}` : `#${target}`))]
  return [text(title ?? target)]
}

/** Qualifies a name with the current module. */
export function symbolIn(name: string, { module }: Pick<RstContext, 'module'>): string {
  return module === null || name.startsWith(`${module}.`) ? name : `${module}.${name}`
}
