/** Reads a prompt of docspool as a model would: what is asked, in which language, about which facts. Takes what it finds. */

import { type ChatRequest, contentOf } from './protocol.ts'
import { isSpoken } from './sentences.ts'

/** `[1] src/router.ts:10-32 method `Router.match` signature `…` doc: …`; what is not there is `undefined`. */
export interface Fact {
  number: number
  path?: string
  firstLine?: number
  lastLine?: number
  kind?: string
  name?: string
  doc?: string
}

/** `` `Router.match` calls `Node.search` ``. */
export interface Relation {
  from: string
  verb: string
  to: string
}

/** `1. src/http: title "http", 12 files`. */
export interface ModuleLine {
  index: number
  path: string
  title?: string
}

export interface Prompt {
  /** Two letters, such as `de`; `en` when none is asked for, and for those that the stand-in does not speak. */
  language: string
  facts: Fact[]
  relations: Relation[]
  modules: ModuleLine[]
  /** JSON schema of the answer, of `response_format` or out of the instructions. */
  schema?: unknown
  system: string
  /** All user turns. */
  data: string
  /** Whether the model has not said anything yet. */
  isFirstTurn: boolean
}

export function readPrompt(request: ChatRequest): Prompt {
  const textOf = (role: RegExp) =>
    request.messages
      .filter((message) => role.test(message.role))
      .map(contentOf)
      .join('\n')
  const system = textOf(/^(system|developer)$/)
  const data = textOf(/^user$/)
  const schema = request.response_format?.json_schema?.schema ?? findSchema(system) ?? findSchema(data)
  return {
    language: readLanguage(system),
    facts: linesIn(data, 'facts').flatMap(readFact),
    relations: linesIn(data, 'relations').flatMap(readRelation),
    modules: linesIn(data, 'modules').flatMap(readModule),
    ...(schema === undefined ? {} : { schema }),
    system,
    data,
    isFirstTurn: !request.messages.some(({ role }) => role === 'assistant'),
  }
}

/** `Language: de`, `Language: zh-CN`, `Language: German (de).` */
function readLanguage(system: string): string {
  const line = /\blanguage:(.*)/i.exec(system)?.[1]?.toLowerCase() ?? ''
  return line.match(/\b[a-z]{2}\b/g)?.find(isSpoken) ?? 'en'
}

/** Lines of all elements of this name; the tag may carry attributes or end in a nonce: `<facts-3fa9>`. */
function linesIn(text: string, element: string): string[] {
  const blocks = text.matchAll(new RegExp(`<(${element}(?:-\\w+)?)(?:\\s[^>]*)?>([\\s\\S]*?)</\\1>`, 'gi'))
  return [...blocks].flatMap(([, , inner = '']) => inner.split('\n')).filter((line) => line.trim() !== '')
}

function readFact(line: string): Fact[] {
  const [, number, rest = ''] = /^\s*\[(\d+)\]\s*(.*)$/.exec(line) ?? []
  if (number === undefined) return []
  const place = /^(\S.*?):(\d+)(?:-(\d+))?(?=\s|$)/.exec(rest)
  const named = /([\p{L} -]*?)\s*`([^`]+)`/u.exec(rest.slice(place?.[0].length ?? 0))
  const doc = /\bdoc:\s*(.+)$/.exec(rest)?.[1]
  return [
    {
      number: Number(number),
      ...(place ? { path: String(place[1]), firstLine: Number(place[2]), lastLine: Number(place[3] ?? place[2]) } : {}),
      ...(named ? { kind: String(named[1]).trim(), name: String(named[2]) } : {}),
      ...(doc === undefined ? {} : { doc: doc.trim() }),
    },
  ]
}

function readRelation(line: string): Relation[] {
  const [, from, verb, to] = /`([^`]+)`\s+(.+?)\s+`([^`]+)`/.exec(line) ?? []
  return from && verb && to && from !== to ? [{ from, verb, to }] : []
}

function readModule(line: string): ModuleLine[] {
  const [, index, path, rest = ''] = /^\s*(\d+)\.\s+`?(.+?)`?(?::\s(.*)|:?\s*)$/.exec(line) ?? []
  if (index === undefined || path === undefined) return []
  const title = /title:?\s+"([^"]*)"/.exec(rest)?.[1]
  return [{ index: Number(index), path, ...(title ? { title } : {}) }]
}

/** The first JSON object of a text that looks like a schema. */
function findSchema(text: string): unknown {
  for (const start of text.matchAll(/\{\s*"(?:\$schema|\$defs|\$ref|type|properties|title|additionalProperties)"/g)) {
    const found = parseObject(text.slice(start.index))
    if (found && ('properties' in found || '$ref' in found || 'anyOf' in found)) return found
  }
  return undefined
}

/** The JSON object at the start of a text. */
function parseObject(text: string): object | undefined {
  let depth = 0
  let isString = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (isString) {
      if (letter === '\\') at++
      else if (letter === '"') isString = false
    } else if (letter === '"') isString = true
    else if (letter === '{') depth++
    else if (letter === '}' && --depth === 0) {
      try {
        return JSON.parse(text.slice(0, at + 1))
      } catch {
        return undefined
      }
    }
  }
  return undefined
}
