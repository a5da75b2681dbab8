/** Assigns the comments of a file to the declarations that they document. */

import { lowerBound } from '#base/binary-search.ts'
import { breaksIn } from '#base/line-breaks.ts'
import { packDoc } from '#generate/analyse/doc-comment.ts'
import { onOneLine } from '#generate/formats/one-line.ts'
import { isForTools } from '#generate/tool-comments.ts'
import { isHeading } from './comment-headings.ts'
import { documenting, isForCode, isMarkedApart, isOfName, isProse } from './doc-lines.ts'
import { isLicence } from './licence-comments.ts'
import type { ReadRules } from './read-rules.ts'
import type { MatchRecord } from './records.ts'

/** A preprocessor line that declares nothing. */
const DIRECTIVE = /^\s*#\s*(?:if|ifdef|ifndef|elif|else|endif|pragma|undef)\b/
const ANY_DIRECTIVE = /^\s*#/
/** `#pragma once`, `DIAGNOSTIC_OFF("-Wshadow")` */
const SILENCING = /^\s*(?:#\s*pragma\b|[A-Z][A-Z0-9_]{3,}(?:\([^()\n]*\))?;?\s*$)/
/** A condition inside a declaration; the grammar sees only one branch. */
const CONDITION = /\n[ \t]*#[ \t]*(?:if|el|end)/
const OTHER_BRANCH = /^\s*#\s*(?:else|elif)\b/
/** A comment after code on the same line. */
const TRAILING = /^([;,]?[ \t]*)(?:\/\/[^\n]*|\/\*(?:(?!\*\/)[^\n])*\*\/)/
/** A comment of Doxygen on the code before it, on its line or the line above. */
const ON_CODE_BEFORE = /^\/[*/][*/!]<\s/
const RUBY_TYPE = /^(?:class|module)\b/
/** Limits on comments below a trailing one, and on characters between two declarations of a group. */
const MAX_BELOW = 50
export const MAX_GAP = 200
/** Maximum number of characters of a signature. */
export const MAX_FLAT = 2_000

export class Comments {
  readonly #text: string
  /** The text as parsed, without the lines hidden from the grammar. */
  readonly #parsed: string
  /** Comments and attributes, in order. */
  readonly all: readonly MatchRecord[]
  /** The same without comments inside attributes, which do not interrupt a chain of attributes. */
  readonly #outer: readonly MatchRecord[]
  readonly #rules: ReadRules

  constructor(text: string, records: readonly MatchRecord[], rules: ReadRules, parsed: string) {
    this.#text = text
    this.#parsed = parsed
    this.all = records.filter(({ main }) => main === 'comment' || main === 'attribute')
    let end = -1
    this.#outer = this.all.filter((record) => {
      if (record.start < end) return false
      if (record.main === 'attribute') end = record.end
      return true
    })
    this.#rules = rules
  }

  /**
   * The comments and attributes directly before `start`. A blank line may follow a comment that is marked as
   * documentation or, in Ruby, that reads like prose.
   */
  before(start: number): { comments: string[]; attributes: string; from: number } {
    const comments: string[] = []
    const starts: number[] = []
    const attributes: string[] = []
    let at = start
    let isApart = false
    let isConditional = false
    let hasBlank = false
    for (let i = lastBefore(this.#outer, start); i >= 0; i--) {
      const record = this.#outer[i]
      if (record === undefined) break
      const text = this.#text.slice(record.start, record.end)
      if (ON_CODE_BEFORE.test(text)) break
      const gap = this.#gapBefore(record, at, text)
      const breaks = this.#breaksIn(this.#endOf(record), at) - gap.directives
      // Like an attribute, a comment for tools does not separate a doc comment from its declaration.
      if (record.main === 'comment' && isForTools(text) && gap.text.trim() === '' && breaks <= 2) {
        if (this.hasCodeBefore(record.start)) break
        hasBlank ||= comments.length === 0 && breaks === 2
        at = record.start
        continue
      }
      const isNext = comments.length === 0 && record.main === 'comment'
      // There may be a remark between a doc comment and its declaration.
      const isAbove = this.#rules.isMarkedDoc === undefined && isMarkedApart(text) && !comments.some(isMarkedApart)
      const max = record.main === 'attribute' || (isAbove && isNext) ? 3 : isNext || isAbove ? 2 : 1
      if (gap.text.trim() !== '' || breaks > max) break
      const isMarked = this.#rules.isMarkedDoc?.([text]) === true
      hasBlank ||= isNext && breaks > 1
      isApart ||= isNext && gap.directives > 0 && isMarked
      isConditional ||= isNext && gap.directives > 0 && !isMarked
      if (record.main === 'comment' && this.#rules.isOfWhole?.([text]) === true) break
      if (this.#isBehindAttribute(i)) {
        at = record.start
        continue
      }
      // A trailing comment belongs to the code on its line, together with comments below in the same column.
      if (record.main === 'comment' && this.hasCodeBefore(record.start)) {
        const column = this.#columnOf(record.start)
        const own = starts.findIndex((other) => this.#columnOf(other) !== column)
        comments.splice(0, own < 0 ? comments.length : own)
        break
      }
      if (record.main === 'attribute') attributes.unshift(text)
      else {
        comments.unshift(text.trimEnd())
        starts.unshift(record.start)
      }
      at = record.start
    }
    const isFar =
      (hasBlank && isHeading(comments)) ||
      ((isApart || hasBlank) && !this.#belongsApart(comments, starts[0] ?? 0, start)) ||
      (isConditional && this.#isOfFile(comments, starts[0] ?? 0))
    const isElsewhere = isFar || (comments.length > 0 && this.#isOfLineAbove(comments, starts[0] ?? 0))
    return { comments: isElsewhere ? [] : comments, attributes: attributes.join(' '), from: starts[0] ?? start }
  }

  /** `#[inline] // why`: a comment on an attribute, which is not a part of the documentation. */
  #isBehindAttribute(index: number): boolean {
    const [before, record] = [this.#outer[index - 1], this.#outer[index]]
    if (before?.main !== 'attribute' || record?.main !== 'comment') return false
    return /^[ \t]*$/.test(this.#text.slice(before.end, record.start).slice(0, MAX_GAP))
  }

  /** Where the comment around an offset starts, if it starts its line. */
  aloneAt(offset: number): number | undefined {
    const record = this.#outer[lastBefore(this.#outer, offset)]
    const isAround = record?.main === 'comment' && record.start < offset && this.#endOf(record) > offset
    return isAround && !this.hasCodeBefore(record.start) ? record.start : undefined
  }

  /**
   * In C, whether a plain comment describes the pragma above it, or the branch that begins there, not a declaration.
   */
  #isOfLineAbove(comments: readonly string[], from: number): boolean {
    if (this.#rules.isMarkedDoc?.(comments) !== false) return false
    const end = this.#text.lastIndexOf('\n', from)
    const above = end < 0 ? '' : this.#text.slice(this.#text.lastIndexOf('\n', end - 1) + 1, end)
    return SILENCING.test(above) || OTHER_BRANCH.test(above)
  }

  /** The text between a comment and a declaration. Preprocessor lines do not separate a marked comment from it. */
  #gapBefore(record: MatchRecord, at: number, comment: string): { text: string; directives: number } {
    const text = this.#parsed.slice(this.#endOf(record), at)
    if (this.#rules.isMarkedDoc === undefined || !text.includes('#')) return { text, directives: 0 }
    if (isGuard(text, this.#text.slice(at, at + MAX_FLAT))) return { text, directives: 0 }
    const isMarked = this.#rules.isMarkedDoc([comment])
    if (!isMarked && this.#rules.isOnlyCondition?.(text, this.#text.slice(at, at + MAX_FLAT), comment) !== true)
      return { text, directives: 0 }
    const lines = text.split('\n')
    const rest = lines.filter((line) => !(isMarked ? DIRECTIVE : ANY_DIRECTIVE).test(line))
    return { text: rest.join('\n'), directives: lines.length - rest.length }
  }

  /** Whether comments before a blank line document the declaration after it, not the file or something else. */
  #belongsApart(comments: readonly string[], from: number, start: number): boolean {
    if (this.#isOfFile(comments, from)) return false
    if (comments.some(isMarkedApart)) return true
    const code = this.flat(start, start + MAX_GAP)
    if (this.#rules.hasLooseComments !== true) return isOfName(comments, code)
    const above =
      this.#text
        .slice(Math.max(0, from - MAX_GAP), from)
        .trimEnd()
        .split('\n')
        .at(-1)
        ?.trimStart() ?? ''
    // At the top of a body, it is about the whole.
    const isOfWhole = RUBY_TYPE.test(above) && !RUBY_TYPE.test(code) && comments[0] !== '##'
    return !isOfWhole && this.#columnOf(from) === this.#columnOf(start) && isProse(comments, RUBY_TYPE.test(code))
  }

  /** Whether comments are about the file or a part of it: they precede all code, are a licence, or end with a colon. */
  #isOfFile(comments: readonly string[], from: number): boolean {
    // In C and C++, even such a comment may be about the file.
    if (this.#rules.isOnlyCondition === undefined && isForCode(comments)) return false
    const isFirst = this.all[0] !== undefined && /^\s*$/.test(this.flat(0, Math.min(from, MAX_FLAT)))
    return isFirst || isLicence(comments.join('\n')) || /:\s{0,4}(?:\*\/)?$/.test(comments.at(-1) ?? '')
  }

  docOf(comments: readonly string[]): string | null {
    if (comments.length === 0) return null
    const words = documenting(comments)
    return words.length === 0 ? null : packDoc(this.#rules.doc(words))
  }

  /**
   * The trailing comment after `end`, or one below that is marked as a comment on the code before it; with its
   * continuation below in the same column. A node that ends with its line, such as a macro, contains the comment.
   */
  after(end: number): string[] {
    const last = lastBefore(this.all, end)
    const endsLine = this.#text[end - 1] === '\n'
    const first = endsLine ? last : last + 1
    const next = this.all[first]
    if (next === undefined || next.main !== 'comment') return []
    const gap = endsLine ? this.#text.slice(this.#endOf(next), end - 1) : this.#text.slice(end, next.start)
    const isOnLine = !gap.includes('\n') && this.hasCodeBefore(next.start)
    const isBelow = breaksIn(gap) === 1 && ON_CODE_BEFORE.test(this.#text.slice(next.start, next.end))
    if (!/^[;,)\s]*$/.test(gap) || !(isOnLine || isBelow)) return []
    const found = [this.#text.slice(next.start, next.end).trimEnd()]
    let at = this.#endOf(next)
    for (let i = first + 1; found.length < MAX_BELOW; i++) {
      const more = this.all[i]
      if (more?.main !== 'comment' || this.#columnOf(more.start) !== this.#columnOf(next.start)) break
      const between = this.#text.slice(at, more.start)
      if (between.trim() !== '' || breaksIn(between) !== 1) break
      found.push(this.#text.slice(more.start, more.end).trimEnd())
      at = this.#endOf(more)
    }
    return found
  }

  /** Whether only punctuation, a comment on the first line, and no blank line is between two positions. */
  isDirectly(from: number, to: number): boolean {
    const start = this.#text[from - 1] === '\n' ? from - 1 : from
    if (to < start || to - start > MAX_GAP) return false
    const gap = this.#parsed.slice(start, to).replace(TRAILING, '$1')
    return /^[;,\s]*$/.test(gap) && breaksIn(gap) <= 1
  }

  /** A range of the text as one line, without comments and with whitespace collapsed. */
  flat(start: number, end: number): string {
    const isPrepared =
      this.#rules.hasPreparedHeaders === true ||
      (this.#rules.isOnlyCondition !== undefined &&
        CONDITION.test(this.#text.slice(start, Math.min(end, start + MAX_FLAT))))
    const whole = isPrepared ? this.#parsed : this.#text
    let text = ''
    let from = start
    for (let i = lastBefore(this.all, start) + 1; i < this.all.length; i++) {
      const record = this.all[i]
      if (record === undefined || record.start >= end) break
      if (record.main !== 'comment' || record.start < from) continue
      text += `${whole.slice(from, record.start)} `
      from = record.end
      if (text.length > MAX_FLAT) break
    }
    return onOneLine(text + whole.slice(from, Math.min(end, from + MAX_FLAT)))
  }

  /** The number of line breaks in a gap, without those of lines hidden from the grammar. */
  #breaksIn(start: number, end: number): number {
    const text = this.#text.slice(start, end)
    return breaksIn(text) - (/\S/.test(text) ? text.split('\n').filter((line) => /\S/.test(line)).length : 0)
  }

  /** The end of a record without its line break, which some grammars include. */
  #endOf({ end }: MatchRecord): number {
    return this.#text[end - 1] === '\n' ? end - 1 : end
  }

  #columnOf(offset: number): number {
    return offset - this.#text.lastIndexOf('\n', offset - 1)
  }

  /** Whether code precedes an offset on its line. */
  hasCodeBefore(start: number): boolean {
    return this.#text.slice(this.#text.lastIndexOf('\n', start - 1) + 1, start).trim() !== ''
  }
}

const EMPTY_MACRO = /^#[ \t]*define[ \t]+(\w+)[ \t]*(?:\r?\n|$)/
const UNLESS_DEFINED = /^[ \t]*#[ \t]*(?:ifndef[ \t]+|if[ \t]*![ \t]*defined\W{1,3})(\w+)/

/** Whether lines only ask for the macro without a value that follows: `#ifndef A`, `#define A`. */
function isGuard(between: string, declaration: string): boolean {
  const name = EMPTY_MACRO.exec(declaration)?.[1]
  const lastLine = between.slice(-MAX_GAP).trimEnd().split('\n').at(-1) ?? ''
  return name !== undefined && UNLESS_DEFINED.exec(lastLine)?.[1] === name
}

/** The index of the last record that begins before `offset`, or -1. */
function lastBefore(records: readonly MatchRecord[], offset: number): number {
  return lowerBound(records.length, (at) => (records[at]?.start ?? 0) < offset) - 1
}
