/**
 * A second look at what ctags says, at the text alone: its parsers err, and each rule here is one that the language has and
 * the text shows to be broken. It knows nothing of the analysis. What it refuses is not asked for, and counted.
 */

import { insideNameless, insideShellFunction } from './inside.ts'

/** What the rules look at. */
export interface Claim {
  readonly language: string
  readonly name: string
  readonly kind: string
  /** From 1. */
  readonly line: number
}

/**
 * @param lines - Of the file.
 * @returns Why it is no definition with a name of its own, or `undefined`.
 */
export function refusalOf(claim: Claim, lines: readonly string[]): string | undefined {
  const text = lines[claim.line - 1] ?? ''
  const bare = claim.name.replace(/\W+$/, '')
  if (bare === '' || !text.includes(bare)) return 'its line does not name it'
  return RULES[claim.language]?.(claim, text, lines)
}

type Rule = (claim: Claim, text: string, lines: readonly string[]) => string | undefined

const RULES: Readonly<Record<string, Rule>> = {
  'C#': ofCSharp,
  Kotlin: ofKotlin,
  Ruby: ofRuby,
  Rust: ofRust,
  Sh: ofShell,
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A type follows its keyword; a method follows a type or a modifier and has parentheses, a property
 * has a body after it or on the next line; `#if false` is left out. */
function ofCSharp({ name, kind, line }: Claim, text: string, lines: readonly string[]): string | undefined {
  if (isLeftOut(line, lines)) return 'within #if false'
  const own = escaped(name.replace(/^.*\./, ''))
  if (/^(?:class|struct|interface|enum)$/.test(kind)) {
    return new RegExp(`\\b(?:class|struct|interface|enum|record)\\s+@?${own}\\b`).test(text)
      ? undefined
      : 'no keyword before it'
  }
  if (kind === 'property') {
    const isOne = new RegExp(`[\\w>\\])?]\\s+(?:[\\w.<>, ]+\\.)?@?${own}\\s*(?:\\{|=>|\\[|//|$)`).test(text.trimEnd())
    return isOne && !/\bwhere\s+\w+\s*:/.test(text) ? undefined : 'no type before it, or no body after'
  }
  if (kind !== 'method') return undefined
  const before = new RegExp(`([\\w>\\])?.]+)\\s+(?:[\\w.<>, ]+\\.)?~?@?${own}\\s*(?:<[^()]*>)?\\s*\\(`).exec(text)?.[1]
  if (before === undefined) return 'no type or modifier before it, or no parenthesis after'
  return /^(?:new|return|throw|await|else|base|this)$/.test(before) ? 'a call' : undefined
}

function isLeftOut(line: number, lines: readonly string[]): boolean {
  let depth = 0
  for (let at = line - 1; at >= 0; at--) {
    const word = /^\s*#\s*(if|elif|else|endif)\b(.*)/.exec(lines[at] ?? '')
    if (word?.[1] === 'endif') depth++
    else if (word?.[1] === 'if' && depth > 0) depth--
    else if (word !== null && depth === 0) {
      if (word[1] !== 'elif' && word[1] !== 'else') return /^\s*false\s*$/.test(word[2] ?? '')
      return false
    }
  }
  return false
}

/** What is in an object without a name, or in the body of an enum's entry, has no name that leads to it. */
function ofKotlin({ name, line }: Claim, text: string, lines: readonly string[]): string | undefined {
  if (!new RegExp(`(?<!\\w)\`?${escaped(name)}\`?(?!\\w)`).test(text)) return 'its line does not name it'
  return insideNameless(line, lines) ? 'in an object without a name' : undefined
}

/** `mod x;` says that a file is part of the crate; what it is stands in that file. */
function ofRust({ kind }: Claim, text: string): string | undefined {
  return kind === 'module' && /\bmod\s+\w+\s*;/.test(text) ? 'names a file' : undefined
}

/** `def x.y` is named y, and is of the one object x unless that is `self` or a constant. */
function ofRuby({ name, kind }: Claim, text: string): string | undefined {
  if (kind !== 'method' && kind !== 'singletonMethod') return undefined
  const [, receiver, method] = /\bdef\s+(?:(\w+)\.)?([^\s(;.]+)/.exec(text) ?? []
  if (receiver === undefined) return undefined
  if (receiver === name && method !== name) return 'the receiver, not the method'
  return /^(?:self|[A-Z]\w*)$/.test(receiver) ? undefined : 'of one object'
}

/** A function has no parameters in its parentheses; one in another is local to the reader, as in other languages. */
function ofShell({ name, line }: Claim, text: string, lines: readonly string[]): string | undefined {
  if (new RegExp(`\\b${escaped(name)}\\s*\\(\\s*[^)\\s]`).test(text)) return 'parameters: another language'
  return insideShellFunction(line, lines) ? 'in a function' : undefined
}
