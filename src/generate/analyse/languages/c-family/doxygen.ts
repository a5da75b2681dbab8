/**
 * Converts comments of C and C++ to Markdown: Doxygen's markup and commands, and plain comments, which document most C
 * code. The engine decides which comments belong to a declaration.
 */

import { append } from '#base/long-arrays.ts'
import type { DocComment } from '#generate/analyse/doc-comment.ts'
import { withoutOldQuotes } from '#generate/analyse/doc-markup.ts'
import { javadocText } from '#generate/analyse/languages/docs/javadoc.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import { symbolLink } from '#markdown/symbol-links.ts'

const DOXYGEN = /^(?:\/\*[*!](?![*/])|\/\/[/!](?!\/))/
const TRAILING = /^(?:\/\*[*!]?<|\/\/[/!]?<)/
/** Matches comments for tools, directives that are commented out, and comments about forward declarations. */
const MACHINE =
  /^\/[/*]\s*(?:#\s*(?:define|include|undef)\b|NOLINT|clang-format|cppcheck|coverity|lint|LCOV|IWYU|FALLTHROUGH|NOTREACHED|(?:forward|pre)[ -]?declar)/i
/** A comment on a group of members, which begins below it. */
const IS_GROUP = /^[ \t/*!]{0,20}[@\\](?:name\b|\{)/m
/** A comment that continues the previous one. */
const CONTINUES = /^\/\*[\s*]*(?:note|warning|caution|if|it|this|also|when|otherwise|returns?|but|and|so)\b/i
/** Commands that name what a comment is about, and titles of pages. */
const COMMAND_LINE =
  /[@\\](?:file|fn|def|struct|class|enum|typedef|var|ingroup|defgroup|addtogroup|name|internal|mainpage|(?:sub)?page|(?:sub){0,2}section)\b.*$/gm
/** A line with fewer words is a title. */
const MIN_WORDS = 6
/** `Memory management: …` */
const LABEL = /^\/\*\s*\p{Lu}\w+(?: \w+){0,3}:\s/u
/** A short comment that may be a heading for several declarations. */
const GROUP =
  /^(?:these|(?:all )?the following (?:\w+ )?(?:functions|methods|macros|constants|flags|types|fields|values))\b|^(?:[\w/-]+ ){0,2}(?:functions|calls|macros|routines|helpers|utilities|constants|flags|constructors) [\w`'"(]+ \S/i

/** The last Doxygen block, or without one the last plain block; `null` if it does not describe the declaration. */
export function doxygen(comments: readonly string[]): DocComment | null {
  const words = comments.filter((comment) => !MACHINE.test(comment))
  const marked = words.filter((comment) => DOXYGEN.test(comment))
  const block = lastBlock(marked.length > 0 ? marked : words)
  if (block.length === 0 || block.some((comment) => IS_GROUP.test(comment))) return null
  const lines = block
    .flatMap((comment) => [...linesOf(comment), ...(comment.startsWith('/*') ? [''] : [])])
    .filter((line) => !/^\s*[-=*#~_/]{3,}\s*$/.test(line))
  if (lines.every((line) => line.trim() === '' || isBanner(line.trim()))) return null
  const text = lines
    .join('\n')
    .replace(/[@\\]internal\b(?:(?![@\\](?:end)?internal\b)[\s\S])*[@\\]endinternal\b/g, '')
    .replace(/([@\\]t?param)\s*\[[\w, ]*\]/g, '$1')
    .replace(/[@\\](?:code|verbatim)(?:\{\.?(\w*)\})?/g, '```$1')
    .replace(/[@\\](?:endcode|endverbatim)\b/g, '```')
    .replace(/[@\\](?:c|p)\s+([\w:.()*&<>-]*\w)/g, '`$1`')
    .replace(/[@\\](?:a|e|em)\s+(\w+)/g, '*$1*')
    .replace(/[@\\]b\s+(\w+)/g, '**$1**')
    .replace(/[@\\]ref\s+([\w:.~#]+(?:\(\))?)(?:\s+"([^"\n]{1,200})")?/g, (_, target: string, words?: string) =>
      words === undefined ? `\`${target.replace(/^#/, '')}\`` : symbolLink(target, words),
    )
    .replace(/[@\\](?:short|details|par)\b/g, '')
    .replace(COMMAND_LINE, '')
    .replace(/^[ \t]*[@\\][{}][ \t]*$/gm, '')
    .replace(/\*\//g, '')
  return javadocText(`/**\n${withCode(withoutOldQuotes(text))}\n*/`)
}

/** Code such as `s = sdsnew("a");`, `f(x);`, `}` or `for (…) {`. Prose has spaces before brackets and more words. */
const STATEMENT =
  /^(?:[{}]|(?:for|if|while|switch)\s?\([^\n]*[;{}]$|(?:else|do)\b[^\n]{0,80}[;{}]$|return [\w.>()*&+-]{1,80};$|#(?:define|include)\b|(?:\w+[\s*&]{1,3}){0,3}[*&]?[A-Za-z_][\w.[\]>-]{0,80}\s?[+|&-]?=[^=\n][^\n]*(?:[;{]|\)\.)$|(?:\w+[\s*&]{1,3})?[A-Za-z_][\w.>-]{0,80}\([^\n]*\);(?: *(?:=>|->|\/[/*])[^\n]*)?$)/
const FENCE = '```'

/** Turns lines of code into code blocks if they form a paragraph or follow a colon. */
function withCode(text: string): string {
  if (!/[;}]|\)\.$/m.test(text) || text.includes(FENCE)) return text
  const lines = text.split('\n')
  const isCode = (line: string | undefined): boolean => line !== undefined && STATEMENT.test(line.trim())
  const output: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const before = (lines[at - 1] ?? '').trim()
    let end = at
    if ((before === '' || before.endsWith(':')) && !/^(?: {4}|\t)/.test(line)) while (isCode(lines[end])) end++
    if (end === at || (lines[end] ?? '').trim() !== '') {
      output.push(line)
      continue
    }
    append(output, ['', `${FENCE}c`, ...withoutMargin(lines.slice(at, end)), FENCE, ''])
    at = end - 1
  }
  return output.join('\n')
}

/** `=== Title ===`, `list.c - Lists`: a heading, which does not describe the next declaration. */
function isBanner(line: string): boolean {
  if (/^[\w-]{1,60}\.(?:c|cc|cpp|h|hpp)\s*(?:[-–—:]|$)/.test(line)) return true
  return /^[-=*#~_/+]{3}/.test(line) && /[-=*#~_/+]{3}$/.test(line)
}

/** Whether one of the comments before a declaration is Doxygen's. */
export function isDoxygen(comments: readonly string[]): boolean {
  return comments.some((comment) => DOXYGEN.test(comment))
}

/** `These functions …`, `Helper functions for …`: about several declarations. */
export function isGroupDoc(doc: string): boolean {
  return GROUP.test(doc)
}

/** Each block comment is separate, unless the next one continues it; line comments belong together. */
function lastBlock(comments: readonly string[]): readonly string[] {
  const last = comments.at(-1)
  if (last === undefined) return []
  if (last.startsWith('/*')) {
    let first = comments.length - 1
    while (
      first > 0 &&
      comments[first - 1]?.startsWith('/*') === true &&
      areOneComment(comments[first - 1] ?? '', comments[first] ?? '')
    )
      first--
    const [label = '', ...rest] = comments.slice(first)
    // A comment with a title of its own comes after the description of the declaration.
    return rest.length > 0 && LABEL.test(label) ? [...rest, label] : [label, ...rest]
  }
  let from = comments.length - 1
  while (from > 0 && comments[from - 1]?.startsWith('//') === true) from--
  return comments.slice(from)
}

/** Whether the second block comment continues the first, or both are one-line sentences. */
function areOneComment(comment: string, next: string): boolean {
  return CONTINUES.test(next) || [comment, next].every(isSentence)
}

/** Whether a plain comment is one line that starts with a capital and ends with a full stop. */
function isSentence(comment: string): boolean {
  if (DOXYGEN.test(comment) || comment.includes('\n')) return false
  const words = comment.slice(2, -2).trim().split(/\s+/)
  return words.length >= MIN_WORDS && /^\p{Lu}/u.test(words[0] ?? '') && /[.!?]$/.test(words.at(-1) ?? '')
}

function linesOf(comment: string): string[] {
  if (comment.startsWith('//')) {
    return comment.split('\n').map((line) => line.replace(TRAILING, '').replace(/^\s*\/\/+!? ?/, ''))
  }
  const lines = comment
    .replace(TRAILING, '')
    .replace(/^\/\*+!?/, '')
    .replace(/(?<!\*)\**\/$/, '')
    .split('\n')
  const inside = lines.slice(1, -1)
  if (inside.length > 0 && inside.every((line) => /\S\s*\*$/.test(line)))
    return inside.map((line) => line.replace(/^\s*\*|\*$/g, '').trim())
  return lines.map((line, index) => (index === 0 ? line.trim() : line.replace(/^\s*\*+(?:\s|$)/, '')).trimEnd())
}
