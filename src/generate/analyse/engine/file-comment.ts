/** Finds the comment that documents a whole file. */

import { breaksIn } from '#base/line-breaks.ts'
import { isHeading } from './comment-headings.ts'
import { MAX_FLAT, MAX_GAP } from './comments.ts'
import { documenting, isForCode, isMarkedOfFile, isOfDirective, isOneWord, MACHINE } from './doc-lines.ts'
import type { FactsDraft } from './facts-draft.ts'
import { isLicence, withoutLicence } from './licence-comments.ts'
import type { MatchRecord } from './records.ts'

/** A package clause, which may precede the comment of a file. */
const PACKAGE = /^\s*package [\w.]{1,200}\s?;?\s*$/
/** A statement of Ruby that branches, directly below a comment. */
const BRANCHES = /^[ \t]{0,9}\r?\n(?:begin|case|if|unless|until|while)\b/
/** The imports with which a script may begin, below the comment of the file. */
const IMPORTS =
  /^(?:from|import|include|library|package|require(?:_relative)?|use|using)\b|^(?:const|let|var)\b[^\n]{0,100}\brequire\(/
/** Longer attributes of a file are not recognized. */
const MAX_ATTRIBUTE = 1_000
const BLANK_LINE = /^[ \t]{0,9}\r?\n[ \t]{0,9}\r?\n/

/** The documentation of the file itself; `null` if it has none. */
export function fileDoc(draft: FactsDraft): string | null {
  let firstDeclaration = Number.POSITIVE_INFINITY
  let firstCode = Number.POSITIVE_INFINITY
  let covered = 0
  for (const record of draft.records) {
    const isBefore = record.main === 'comment' || record.main === 'attribute'
    if (isBefore) covered = Math.max(covered, record.end)
    // Words in a comment may look like a macro call, and those in an attribute like a name. Rust files begin with
    // `#![no_std]`.
    if (isBefore || record.start < covered || isInAttribute(draft.text, record.start)) continue
    firstCode = Math.min(firstCode, record.outer?.start ?? record.start)
    if (record.main !== 'def') continue
    firstDeclaration = record.outer?.start ?? record.start
    break
  }
  return commentOfFile(draft, firstDeclaration, firstCode)
}

/** Whether an offset is inside `#![…]`. */
function isInAttribute(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - MAX_ATTRIBUTE), offset)
  const start = before.lastIndexOf('#![')
  if (start === -1) return false
  let depth = 0
  for (const character of before.slice(start + 2)) depth += character === '[' ? 1 : character === ']' ? -1 : 0
  return depth > 0
}

/**
 * The comment of the whole file: the first block that is not a licence, unless it directly precedes the first
 * declaration. It is at the start of the file, below the package clause or, in C, below the `#include` lines.
 *
 * @param firstDeclaration - Where the first declaration begins.
 * @param firstCode - Where anything but comments begins, including `package` and imports.
 */
function commentOfFile(draft: FactsDraft, firstDeclaration: number, firstCode: number): string | null {
  const { text: source, comments, rules } = draft
  // `run` holds whether they are below code, and the end of the last of several comments directly below each other.
  const blocks: { texts: string[]; run: { end: number; isBelow: boolean } }[] = []
  const isOfC = rules.isOnlyCondition !== undefined
  const start = Math.min(firstCode, firstDeclaration)
  for (const record of comments.all) {
    const isBelow = isBelowPackage(draft, record, firstDeclaration) || (isOfC && isBelowIncludes(draft, record))
    if (record.start >= start && !(isBelow && record.start < firstDeclaration)) break
    // `package orbit // import "example.org/orbit"`
    if (isBelow && comments.hasCodeBefore(record.start)) continue
    const text = source.slice(record.start, record.end).trimEnd()
    const end = record.start + text.length
    const block = blocks.at(-1)
    if (record.main === 'attribute') {
      // `#[macro_export]` belongs to the declaration below it.
      const isNear = block !== undefined && breaksIn(source.slice(block.run.end, record.start)) <= 1
      if (isNear && text.startsWith('#[')) block.run.end = end
      continue
    }
    const isApart =
      block === undefined ||
      breaksIn(source.slice(block.run.end, record.start)) > 1 ||
      rules.isOfWhole?.([text]) !== rules.isOfWhole?.(block.texts)
    if (isApart) blocks.push({ texts: [text], run: { end, isBelow: record.start >= start } })
    else {
      block.run.end = end
      // In C, two comments form one block only if each is a single line.
      if (isOfC && text.startsWith('/*') && block.texts.some((one) => one.includes('\n')))
        blocks.push({ texts: [text], run: block.run })
      else block.texts.push(text)
    }
  }
  // A block that is marked as the comment of the file comes before others.
  const marked = blocks.filter(({ texts }) => texts.some(isMarkedOfFile) || rules.isOfWhole?.(texts) === true)
  for (const { texts, run } of marked.length > 0 ? marked : blocks) {
    const { end } = run
    const words = documenting(withoutLicence(texts.filter((text) => !MACHINE.test(text))))
    const joined = words.join('\n')
    if (words.length === 0 || isLicence(joined) || isOneWord(joined)) continue
    if (run.isBelow && isHeading(words)) continue
    if (isOfC && isOfDirective(texts, source.slice(end, end + MAX_GAP))) continue
    // The comment describes the statement below it, not the file.
    if (rules.hasLooseComments === true && BRANCHES.test(source.slice(end, end + MAX_GAP))) return null
    // In a script, a comment directly above the first command describes that command.
    const isOfCommand = /^#!(?!\[)/.test(source) && !texts.some((text) => text.startsWith('#!')) && end < start
    if (isOfCommand && !IMPORTS.test(source.slice(start, start + MAX_GAP)) && breaksIn(source.slice(end, start)) <= 1)
      return null
    if (end > start && !BLANK_LINE.test(source.slice(end, end + MAX_GAP))) continue
    const isAboveDeclaration = firstDeclaration < source.length && firstDeclaration <= firstCode
    const isNext = isAboveDeclaration && breaksIn(source.slice(end, firstDeclaration)) <= 1 && !rules.isOfWhole?.(texts)
    const isOfDeclaration = isNext || (!isOfC && isForCode(texts) && comments.before(firstDeclaration).from < end)
    return isOfDeclaration ? null : comments.docOf(words)
  }
  return null
}

/** Whether only files are included above a comment of several lines. */
function isBelowIncludes({ text, comments }: FactsDraft, { main, start, end }: MatchRecord): boolean {
  if (main !== 'comment' || start >= MAX_FLAT || !text.slice(start, end).trim().includes('\n')) return false
  let code = ''
  let from = 0
  for (const record of comments.all) {
    if (record.start >= start) break
    if (record.main !== 'comment' || record.start < from) continue
    code += `${text.slice(from, record.start)}\n`
    from = record.end
  }
  const lines = (code + text.slice(from, start)).split('\n')
  return lines.every((line) => line.trim() === '' || /^\s{0,40}#\s{0,9}(?!\s|define)/.test(line))
}

/** Whether a comment is below the package clause, and above all declarations. */
function isBelowPackage(
  { text, comments }: FactsDraft,
  { main, start }: MatchRecord,
  firstDeclaration: number,
): boolean {
  if (main !== 'comment' || start >= Math.min(firstDeclaration, MAX_FLAT)) return false
  return !text.startsWith('/**', start) && PACKAGE.test(comments.flat(0, start))
}
