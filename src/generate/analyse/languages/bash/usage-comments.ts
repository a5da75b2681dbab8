/**
 * Reads how a shell function is called: from the comment after its opening brace, from a line of its own above it, or from the names
 * that its body gives to its arguments. A list of argument names in a comment is left out, because the body says which they are.
 */

import { greatest } from '#base/long-arrays.ts'
import { packDoc, unpackDoc } from '#generate/analyse/doc-comment.ts'
import { D, D_WIDTH, DECL_KINDS, type FileFacts, NONE } from '#generate/analyse/engine/facts.ts'
import { isForTools } from '#generate/tool-comments.ts'

const FUNCTION = DECL_KINDS.indexOf('function')
const HEAD =
  /^(?:function[ \t]{1,9})?[^\s(){}]{1,100}[ \t]{0,9}(?:\([ \t]{0,9}\))?[ \t]{0,99}\{[ \t]{1,200}(#[^\n]{2,300})/
/** Arguments as a usage text writes them: `<path> [--force]`. */
const ARGUMENTS = /^[<[][^<>[\]]*[>\]]/
/** The first line of a comment that lists arguments: `args: flavor, type`. */
const LABELLED = /^arg(?:s|uments?)?\b:?[ \t][^\n.]{1,200}(?:\n|$)/i

/** Sets the signatures and comments of functions in place; a comment above a function comes first. */
export function readUsageComments(facts: FileFacts, text: string): void {
  const { decls, strings } = facts
  const store = (value: string | null): number => (value === null || value === '' ? NONE : strings.push(value) - 1)
  for (let at = 0; at < decls.length; at += D_WIDTH) {
    if (decls[at + D.kind] !== FUNCTION) continue
    const start = decls[at + D.start] ?? 0
    const end = Math.min(decls[at + D.end] ?? start, start + MAX_BODY)
    const body = withoutQuoted(withoutFunctions(facts, text, at, end))
    const read = argumentsIn(body)
    const { doc, details = {} } = unpackDoc(strings[decls[at + D.doc] ?? NONE] ?? null)
    const name = strings[decls[at + D.name] ?? NONE] ?? ''
    const stated = statedArguments(doc ?? '', name, read, body)
    if (doc !== null) {
      const words = (stated === undefined ? doc : doc.replace(/^.*\n?/, '')).replace(LABELLED, '').trim()
      const said = listsArguments(words, read) ? '' : words
      if (said !== doc) decls[at + D.doc] = store(packDoc({ text: said, details }))
    }
    const names = stated ?? namesInOrder(read, body)
    if (names.length > 0) decls[at + D.signature] = store([name, ...names].join(' '))
    const [, comment = ''] = HEAD.exec(text.slice(start, start + 600)) ?? []
    const words = comment.replace(/^#+\s*/, '').trim()
    if (words === '' || isForTools(comment)) continue
    if (ARGUMENTS.test(words)) decls[at + D.signature] = store(`${name} ${words}`)
    else if (decls[at + D.doc] === NONE && /^\p{L}[\p{L}']*(?: \S+){2}/u.test(words) && !/[;{}]\s*$/.test(words))
      decls[at + D.doc] = store(packDoc(words))
  }
}

/** Matches the first line of the header of a script. */
const HEADER = /^(?:author|dependencies|description|requirements|shell|usage)[ \t]?:/i

/** Gives the header of a script, which may be directly above a variable, to the file. */
export function moveHeaders(facts: FileFacts): void {
  const { decls, strings } = facts
  for (let at = 0; at < decls.length; at += D_WIDTH) {
    if (decls[at + D.kind] === FUNCTION) continue
    const doc = strings[decls[at + D.doc] ?? NONE] ?? null
    if (doc === null || !HEADER.test(unpackDoc(doc).doc ?? '')) continue
    facts.fileDoc ??= doc
    decls[at + D.doc] = NONE
  }
  facts.fileDoc = facts.fileDoc?.replace(/^description[ \t]?:[ \t]{0,9}/i, '') ?? null
}

/** Limit on the characters of a function that are searched for its arguments. */
const MAX_BODY = 2_000
const MAX_LIST = 120
const SENTENCE = /\b(?:an?|the|of|for|to|from|in|with|if|and|by)\b/i

interface Read {
  number: number
  /** In lower case; '' where the argument is not assigned. In brackets if it has a default. */
  name: string
}

/** `plan="$1"`, `plan=${1:-none}`, or any other read of an argument. */
const READ =
  /\b([a-zA-Z_]\w{0,60})=["']?\$(?:([1-9])|\{([1-9])(?:(:?[-=][^}\s"']{0,60})|[:?+#%/][^}\s"']{0,60})?\})["']?(?=[\s;&|)]|$)|\$\{?([1-9])\b/g

/** The code of the function in a row, up to `end`, without that of the functions inside it. Rows are sorted by start. */
function withoutFunctions({ decls }: FileFacts, text: string, row: number, end: number): string {
  let body = ''
  let from = decls[row + D.start] ?? 0
  for (let at = row + D_WIDTH; at < decls.length; at += D_WIDTH) {
    const [first = 0, last = 0] = [decls[at + D.start], decls[at + D.end]]
    if (first >= end) break
    if (decls[at + D.kind] !== FUNCTION || first < from) continue
    body += text.slice(from, first)
    from = last
  }
  return body + text.slice(from, end)
}

/** Matches comments, strings in single quotes and, so that it passes over apostrophes in them, strings in double quotes without commands. */
const QUOTED = /(?<!\S)#[^\n]*|'[^']*'|"[^"$\\\n]*(?:\$(?!\()[^"$\\\n]*)*"/g

/** The code without comments, and without text in single quotes: fields in awk programs look like arguments. */
const withoutQuoted = (body: string): string => body.replace(QUOTED, (part) => (part.startsWith('"') ? part : "''"))

/** Where a body reads `$1`, up to a `shift`. */
function argumentsIn(body: string): Read[] {
  const [before = ''] = body.split(/\bshift\b/, 1)
  return [...before.matchAll(READ)].map(([, written = '', plain, braced, fallback, other]) => {
    const name = written.replace(/^_+/, '').toLowerCase()
    return {
      number: Number(plain ?? braced ?? other),
      name: fallback === undefined || name === '' ? name : `[${name}]`,
    }
  })
}

const TAKES_MORE = /\$\{?[@*]|\bshift\b/

/** The names that a body gives to its arguments, from the first to the last; `…` alone if one has none, `[]` without arguments. */
function namesInOrder(read: readonly Read[], body: string): string[] {
  const count = Math.max(0, greatest(read.map(({ number }) => number)))
  const names = Array.from({ length: count }, (_, at) => read.find((one) => one.number === at + 1 && one.name !== ''))
  if (!names.every((one) => one !== undefined)) return ['…']
  return [...names.map(({ name }) => name), ...(TAKES_MORE.test(body) ? ['…'] : [])]
}

/** All arguments, as the first line of a comment lists them: `save_conf file key [value]`, also after `Usage:`. */
function statedArguments(doc: string, name: string, read: readonly Read[], body: string): string[] | undefined {
  const [line = ''] = doc.split('\n', 1)
  const [called, ...stated] = line
    .slice(0, MAX_LIST)
    .replace(/^usage:?\s/i, '')
    .trim()
    .split(/\s+/)
  const count = Math.max(0, greatest(read.map(({ number }) => number)))
  const isWhole = count === 0 ? TAKES_MORE.test(body) : count === stated.length
  const isList =
    stated.length > 0 && stated.every((word) => /^[<[]?[\w|-]{1,40}[>\]]?$/.test(word)) && !SENTENCE.test(line)
  return called === name && isWhole && isList ? stated : undefined
}

/** `domain keyfile [cafile]`: one name for each argument that the body reads, or mostly names that the body gives to them. */
function listsArguments(doc: string, read: readonly Read[]): boolean {
  if (doc.length > MAX_LIST || !/^[\w\s,|[\]<>-]+$/.test(doc) || SENTENCE.test(doc)) return false
  const words = doc.match(/[\w-]+/g) ?? []
  const known = words.filter((word) =>
    read.some(({ name }) =>
      [name, name.replace(/^\[?\w/, '')].some((stem) => stem.length > 1 && word.toLowerCase().startsWith(stem)),
    ),
  )
  const count = Math.max(0, greatest(read.map(({ number }) => number)))
  const isPhrase = words.length <= MAX_PHRASE && words.length <= count && doc === doc.toLowerCase()
  return known.length * 2 > words.length || (words.length > 2 && words.length === count) || isPhrase
}

/** Few words in lower case, which may as well name arguments: `cert issuer`. */
const MAX_PHRASE = 3
